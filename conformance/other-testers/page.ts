import type { Change } from './down-convert/change.ts';
import { LIMITS, type Limit } from './limits.ts';
import type { Results, TesterName } from './records.ts';
import { type Count, type Summary, summarise } from './summary.ts';

const NAMES: Record<TesterName, string> = { duet: 'this suite', schemathesis: 'Schemathesis', dredd: 'Dredd' };

/** What stands between the marks of the documentation's page, by their names. */
export function partsOf(results: Results, changes: Change[]): Record<string, string> {
  return {
    results: resultsTable(results),
    limits: limitsTable(LIMITS),
    losses: lossesTable(changes),
  };
}

/** The page with its parts made anew; each stands between `<!-- name -->` and `<!-- /name -->`. */
export function withParts(page: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest = ''] = text.split(open);
    const [, after] = rest.split(close);
    if (after === undefined) throw new Error(`the page has no ${open} … ${close}`);
    return `${before}${open}\n\n${part}\n\n${close}${after}`;
  }, page);
}

function resultsTable(results: Results): string {
  const summary = summarise(results);
  const [{ versions, seed, examples, contractVersion }] = results;
  const testers = (['duet', 'schemathesis', 'dredd'] as const).map((tester) => ({
    tester,
    title: tester === 'duet' ? NAMES.duet : `${NAMES[tester]} ${versions[tester]}`,
    total: summary.testers.find((one) => one.tester === tester),
  }));
  const head = row('area', ...testers.map(({ title }) => title));
  const line = row(...['area', ...testers].map(() => '---'));
  const areas = summary.areas.map(({ area, counts }) =>
    row(area, ...testers.map(({ tester }) => cell(counts[tester]))),
  );
  const all = row('**all**', ...testers.map(({ total }) => (total ? `**${cell(total)}** (${percent(total)})` : NOT)));
  const seconds = row('median seconds a fault', ...testers.map(({ total }) => (total ? String(total.seconds) : NOT)));
  const without = row('without a result', ...testers.map(({ total }) => (total ? String(total.withoutResult) : NOT)));
  const told = `Killed of tried. Contract ${contractVersion}, seed ${seed}, ${examples} examples an operation. ${coverageOf(summary)}`;
  return [told, '', head, line, ...areas, all, seconds, without, '', alarmsOf(summary)].join('\n');
}

const NOT = 'not measured';

function coverageOf({ testers, faults }: Summary): string {
  const tried = Math.max(0, ...testers.map((one) => one.tried));
  const which = tried < faults.specimen ? `A sample of ${tried} of the ${faults.specimen}` : `All ${tried}`;
  return `${which} faults that show at a URL; ${faults.wrapped} more are of starting, stopping, logging or the provider twilio, which no tester of a URL sees.`;
}

function alarmsOf({ falseAlarms }: Summary): string {
  return falseAlarms.length === 0
    ? 'A further run of each on the server without a fault found nothing new.'
    : `A further run on the server without a fault found something new as well, by ${falseAlarms.map((tester) => NAMES[tester]).join(' and ')}: so many of its kills may be chance.`;
}

function limitsTable(limits: Limit[]): string {
  const rows = limits.map(({ tester, operations, check, why }) =>
    row(NAMES[tester], operations.map((operation) => `\`${operation}\``).join(', '), `\`${check}\``, why),
  );
  return [row('who', 'operation', 'check', 'why it is no finding'), row('---', '---', '---', '---'), ...rows].join(
    '\n',
  );
}

function lossesTable(changes: Change[]): string {
  const losses = changes.filter(({ isLoss }) => isLoss);
  const rows = losses.map(({ pointer, keyword, done }) => row(`\`${pointer || '/'}\``, `\`${keyword}\``, done));
  const others = `${changes.length - losses.length} further places say the same in other words.`;
  return [row('where', 'what', 'what was done'), row('---', '---', '---'), ...rows, '', others].join('\n');
}

const row = (...cells: string[]): string => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
const cell = (count: Count | undefined): string => (count ? `${count.killed} of ${count.tried}` : NOT);
const percent = ({ killed, tried }: Count): string => `${((killed / tried) * 100).toFixed(0)} %`;
