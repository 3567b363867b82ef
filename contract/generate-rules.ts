import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { checkRules, type CatalogueRule, type Known } from './check-rules.ts';
import { readRules } from './read-rules.ts';

/**
 * Writes generated/rules.ts from the pages of rules/, held against generated/openapi.json where that is.
 * Throws one Error that lists every mistake found in the pages; nothing is written then.
 */
export async function generateRules(): Promise<void> {
  const { catalogue, mistakes } = checkRules(await readRules(), await readKnown());
  if (mistakes.length > 0) throw new Error(`The rules have mistakes:\n${mistakes.join('\n')}`);
  await mkdir(new URL('generated/', import.meta.url), { recursive: true });
  const path = fileURLToPath(new URL('generated/rules.ts', import.meta.url));
  await writeFile(path, await format(render(catalogue), { ...(await resolveConfig(path)), filepath: path }));
}

type Document = {
  paths: Record<string, Record<string, { operationId?: string }>>;
  components: { 'x-problem-catalogue': Record<string, unknown> };
};

async function readKnown(): Promise<Known> {
  const text = await readFile(new URL('generated/openapi.json', import.meta.url), 'utf8').catch(nothingWhenMissing);
  if (text === undefined) return undefined;
  const document = JSON.parse(text) as Document;
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  return {
    operations: new Set(operations.flatMap(({ operationId }) => operationId ?? [])),
    problems: new Set(Object.keys(document.components['x-problem-catalogue'])),
  };
}

function nothingWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function render(catalogue: Record<string, CatalogueRule>): string {
  return `// Generated from rules/**/*.md by generate-rules.ts (npm run generate -w contract). Do not edit.

export type Profile = 'core' | 'clock' | 'launcher';

/** One rule of the catalogue. No operations: it is about all or none of them. \`page\` is relative to contract/. */
export type Rule = {
  readonly area: string;
  readonly level: 'MUST' | 'SHOULD';
  readonly title: string;
  readonly sentence: string;
  /** What a target must offer for the rule to be judged at all. */
  readonly profile: Profile;
  /** What some of its tests need beyond that. */
  readonly alsoNeeds: readonly Profile[];
  /** The video provider it is about; null for either. */
  readonly provider: 'peer' | 'twilio' | null;
  readonly operations: readonly string[];
  readonly problems: readonly string[];
  readonly page: string;
};

export const rules = ${JSON.stringify(catalogue, null, 2)} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
`;
}
