import { areas, levels, profiles, providers, type RulePage } from './read-rules.ts';

/** A rule as the catalogue holds it, checked. `alsoNeeds`: profiles that some of its tests need; `provider`: null for either. */
export type CatalogueRule = {
  area: (typeof areas)[number];
  level: (typeof levels)[number];
  title: string;
  sentence: string;
  profile: (typeof profiles)[number];
  alsoNeeds: (typeof profiles)[number][];
  provider: (typeof providers)[number] | null;
  operations: string[];
  problems: string[];
  page: string;
};

/** What the document knows, to hold the pages against; undefined while there is no document yet. */
export type Known = { operations: ReadonlySet<string>; problems: ReadonlySet<string> } | undefined;

type Checked = { catalogue: Record<string, CatalogueRule>; mistakes: string[] };

/** Turns pages into the catalogue, by rule id, with one line for each mistake found in them. */
export function checkRules(pages: RulePage[], known: Known): Checked {
  const mistakes: string[] = [];
  const catalogue: Record<string, CatalogueRule> = {};
  const paths = new Set(pages.map((page) => page.path));
  for (const page of pages) {
    const report = (mistake: string) => mistakes.push(`${page.path}: ${mistake}`);
    catalogue[idOf(page)] = checkPage(page, known, report);
    checkText(page, paths, report);
  }
  mistakes.push(...findUnnamed(Object.values(catalogue), known));
  return { catalogue, mistakes };
}

/** The rule's id, which its path says: `rules/http/head.md` is `http/head`. */
export function idOf(page: RulePage): string {
  return page.path.replace(/^rules\//, '').replace(/\.md$/, '');
}

function checkPage(page: RulePage, known: Known, report: (mistake: string) => void): CatalogueRule {
  const { id, level, profile, alsoNeeds = [], provider, operations, problems, ...unknown } = page.frontMatter;
  if (id !== idOf(page)) report(`its id is ${String(id)} and its path says ${idOf(page)}`);
  for (const key of Object.keys(unknown)) report(`${key} is no known property of the front matter`);
  const rule = {
    area: oneOf(areas, idOf(page).split('/')[0], 'area', report),
    level: oneOf(levels, level, 'level', report),
    title: page.title,
    sentence: page.sentence,
    profile: oneOf(profiles, profile, 'profile', report),
    alsoNeeds: textList(alsoNeeds, 'alsoNeeds', report).map((need) => oneOf(profiles, need, 'alsoNeeds', report)),
    provider: provider === undefined ? null : oneOf(providers, provider, 'provider', report),
    operations: textList(operations, 'operations', report),
    problems: textList(problems, 'problems', report),
    page: page.path,
  };
  if (!known) return rule;
  for (const name of rule.operations) if (!known.operations.has(name)) report(`there is no operation ${name}`);
  for (const code of rule.problems) if (!known.problems.has(code)) report(`there is no problem ${code}`);
  return rule;
}

function oneOf<T extends string>(values: readonly T[], value: unknown, name: string, report: (m: string) => void): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) report(`${name} is ${String(value)}, expected one of ${values.join(', ')}`);
  return found ?? (values[0] as T);
}

function textList(value: unknown, name: string, report: (mistake: string) => void): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  const texts = items.filter((item) => typeof item === 'string');
  const isList = Array.isArray(value) && texts.length === items.length && new Set(texts).size === texts.length;
  if (!isList) report(`${name} must be a list of different words, [] for none`);
  return texts;
}

function checkText(page: RulePage, paths: ReadonlySet<string>, report: (mistake: string) => void): void {
  if (page.title.length > 70) report('its title is longer than 70 characters');
  if (!/\b(MUST|SHOULD|may)\b/.test(page.sentence)) report('its sentence requires nothing (MUST, SHOULD, may not)');
  for (const heading of ['Why', 'Example']) if (!page.sections.get(heading)) report(`it has no ## ${heading}`);
  for (const heading of page.sections.keys()) {
    if (!['Settled', 'Why', 'Example'].includes(heading)) report(`## ${heading} is no section of a rule`);
  }
  const text = [page.sentence, ...page.sections.values()].join('\n');
  for (const [, target = ''] of text.matchAll(/\]\(([^)]+\.md)\)/g)) {
    const path = new URL(target, `file:///${page.path}`).pathname.slice(1);
    if (!paths.has(path)) report(`it links to ${target}, which does not exist`);
  }
}

function findUnnamed(rules: CatalogueRule[], known: Known): string[] {
  const operations = new Set(rules.flatMap((rule) => rule.operations));
  const problems = new Set(rules.flatMap((rule) => rule.problems));
  return [
    ...[...(known?.operations ?? [])].filter((name) => !operations.has(name)).map((name) => `operation ${name}`),
    ...[...(known?.problems ?? [])].filter((code) => !problems.has(code)).map((code) => `problem ${code}`),
  ].map((unnamed) => `rules/: no rule names ${unnamed}`);
}
