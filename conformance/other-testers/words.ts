import Table from 'cli-table3';
import { limitOf } from './limits.ts';
import type { Results } from './records.ts';
import { type Summary, summarise } from './summary.ts';
import { keyOf, type Tester, type TesterRun } from './tester.ts';

/** Results in a terminal: the areas and all of them, and what stands beside the counts. */
export function summaryText(results: Results): string {
  const { testers, areas, faults, falseAlarms } = summarise(results);
  const names = testers.map(({ tester }) => tester);
  const table = new Table({ head: ['area', ...names], style: { head: [], border: [], compact: true } });
  for (const { area, counts } of areas) table.push([area, ...names.map((name) => cell(counts[name]))]);
  table.push(['all', ...testers.map(cell)]);
  table.push(['seconds a fault', ...testers.map(({ seconds }) => String(seconds))]);
  table.push(['without a result', ...testers.map(({ withoutResult }) => String(withoutResult))]);
  const alarms = falseAlarms.map((name) => `${name} found something new on a server without a fault, too\n`);
  const rest = `${faults.specimen} faults show at a URL, ${faults.wrapped} are around a backend and are not tried\n`;
  return `killed of tried\n${table.toString()}\n${alarms.join('')}${rest}`;
}

const cell = (count: Summary['testers'][number] | Summary['areas'][number]['counts']['duet']): string =>
  count ? `${count.killed} of ${count.tried}` : 'not measured';

/** What a tester found on a server: limits of the tester apart, each finding once. @returns also how many are no limit */
export function findingsText(
  server: string,
  { name, version }: Tester,
  { findings, seconds, failure }: TesterRun,
): { text: string; count: number } {
  const groups = Object.groupBy(findings, (finding) => (limitOf(name, finding) ? 'limits' : 'open'));
  const open = groups.open ?? [];
  const lines = open.map((finding) => `✗ ${keyOf(finding)}\n    ${finding.message.replaceAll('\n', '\n    ')}`);
  const limits = (groups.limits ?? []).map((finding) => `- ${keyOf(finding)}: ${limitOf(name, finding)?.why}`);
  const ended = failure === undefined ? '' : `it came to no result: ${failure}; `;
  const told = `${ended}${open.length} findings, ${limits.length} known limits of ${name}, in ${seconds.toFixed(0)} s`;
  return { text: [`${server}, ${name} ${version}: ${told}`, ...lines, ...limits, ''].join('\n'), count: open.length };
}
