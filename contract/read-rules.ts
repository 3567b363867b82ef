import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';

export const areas = [
  'http',
  'accounts',
  'sessions',
  'doctors',
  'appointments',
  'calls',
  'messages',
  'events',
  'webhooks',
  'operations',
] as const;
export const levels = ['MUST', 'SHOULD'] as const;
export const profiles = ['core', 'clock', 'launcher'] as const;
export const providers = ['peer', 'twilio'] as const;

/** One page of rules/, as it is written: `path` is relative to this folder, `sections` maps each `## heading` to its text. */
export type RulePage = {
  path: string;
  frontMatter: Record<string, unknown>;
  title: string;
  sentence: string;
  sections: Map<string, string>;
};

/** Reads every page of rules/, ordered by area and then by file name. Throws an Error that names a page it cannot read. */
export async function readRules(): Promise<RulePage[]> {
  const names = await readdir(new URL('rules/', import.meta.url), { recursive: true });
  const paths = names.filter((name) => name.endsWith('.md')).map((name) => `rules/${name}`);
  const pages = await Promise.all(paths.map(readPage));
  return pages.sort(
    (a, b) => areaIndex(a.path) - areaIndex(b.path) || (a.path.slice(0, -3) < b.path.slice(0, -3) ? -1 : 1),
  );
}

function areaIndex(path: string): number {
  return areas.findIndex((area) => path.startsWith(`rules/${area}/`));
}

async function readPage(path: string): Promise<RulePage> {
  const text = await readFile(new URL(path, import.meta.url), 'utf8');
  const parts = /^---\n(?<frontMatter>.*?)\n---\n\n# (?<title>[^\n]+)\n\n(?<sentence>[^\n]+)\n(?<rest>.*)$/s.exec(text);
  if (!parts?.groups) {
    throw new Error(`${path}: expected front matter, a heading and the rule's sentence in one paragraph`);
  }
  const { frontMatter = '', title = '', sentence = '', rest = '' } = parts.groups;
  return { path, frontMatter: parseFrontMatter(path, frontMatter), title, sentence, sections: readSections(rest) };
}

function parseFrontMatter(path: string, text: string): Record<string, unknown> {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${path}: the front matter is no mapping`);
  }
  return { ...value };
}

function readSections(rest: string): Map<string, string> {
  const sections = rest.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end).trim(), section.slice(end).trim()];
    }),
  );
}
