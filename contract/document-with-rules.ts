import type { CatalogueRule } from './check-rules.ts';
import { areas, type RulePage } from './read-rules.ts';

type Tag = { name: string; description?: string; 'x-displayName'?: string; 'x-traitTag'?: boolean };
type Operation = { operationId: string; description?: string };

/** The bundled document, as far as the rules are written into it. */
export type Document = {
  info: { description: string };
  tags: Tag[];
  'x-tagGroups'?: { name: string; tags: string[] }[];
  paths: Record<string, Record<string, Operation>>;
  components: { 'x-problem-catalogue': Record<string, { status: number; title: string }> };
};

type Entry = { id: string; rule: CatalogueRule; page: RulePage };

/** Returns the document with a page of rules for each area, a table of the problems, and links from operations to rules. */
export function documentWithRules(document: Document, entries: Entry[]): Document {
  const ruleTags = areas.map((area): Tag => {
    const ofArea = entries.filter(({ rule }) => rule.area === area);
    const description = [introduction(area, ofArea.length), ...ofArea.map(describeRule)].join('\n\n');
    return { name: `rules-${area}`, 'x-displayName': area, 'x-traitTag': true, description };
  });
  const paths = Object.entries(document.paths).map(([path, item]) => [path, withLinks(item, entries)]);
  return {
    ...document,
    info: { ...document.info, description: `${document.info.description}\n\n${describeProblems(document)}` },
    tags: [...document.tags, ...ruleTags],
    'x-tagGroups': [
      { name: 'Operations', tags: document.tags.map(({ name }) => name) },
      { name: 'Rules', tags: ruleTags.map(({ name }) => name) },
    ],
    paths: Object.fromEntries(paths),
  };
}

function introduction(area: string, count: number): string {
  return area === 'http' ? `${count} rules that hold of every operation.` : `${count} rules of ${area}.`;
}

function describeRule({ id, rule, page }: Entry): string {
  const needs = rule.alsoNeeds.length > 0 ? `, some tests also ${rule.alsoNeeds.join(' and ')}` : '';
  const provider = rule.provider ? ` · ${rule.provider} only` : '';
  const problems = rule.problems.length > 0 ? ` · ${rule.problems.map((code) => `\`${code}\``).join(' ')}` : '';
  const settled = page.sections.get('Settled');
  return [
    `## ${id}`,
    `**${rule.title}** · ${rule.level} · ${rule.profile}${needs}${provider}${problems}`,
    rule.sentence,
    ...(settled ? [linkToRules(settled, page)] : []),
    `*Why.* ${page.sections.get('Why')}`,
    page.sections.get('Example'),
  ].join('\n\n');
}

function linkToRules(markdown: string, page: RulePage): string {
  return markdown.replaceAll(/\]\(([^)]+)\.md\)/g, (_, target: string) => {
    const id = new URL(target, `file:///${page.path}`).pathname.replace('/rules/', '');
    return `](${anchorOf(id)})`;
  });
}

function anchorOf(id: string): string {
  return `#/rules-${id.split('/')[0]}/${id.replace('/', '')}`;
}

function withLinks(item: Record<string, Operation>, entries: Entry[]): Record<string, Operation> {
  const operations = Object.entries(item).map(([method, operation]) => {
    if (typeof operation.operationId !== 'string') return [method, operation];
    const named = entries.filter(({ rule }) => rule.operations.includes(operation.operationId));
    const links = named.map(({ id }) => `[${id}](${anchorOf(id)})`).join(' · ');
    return [method, { ...operation, description: `${operation.description ?? ''}\n\n**Rules:** ${links}` }];
  });
  return Object.fromEntries(operations);
}

function describeProblems(document: Document): string {
  const rows = Object.entries(document.components['x-problem-catalogue']).map(
    ([code, { status, title }]) => `| ${status} | \`${code}\` | ${title} |`,
  );
  return ['## Problems', '', '| status | code | title |', '| --- | --- | --- |', ...rows].join('\n');
}
