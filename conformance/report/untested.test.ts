import { expect, test } from 'vitest';
import { renderConsole } from './console.ts';
import { fixtureRun, target, withFooter } from './fixtures/run.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import type { ResultRecord, TargetInfo, TestRecord } from './records.ts';
import { summarise } from './summarise.ts';
import { untested } from './untested.ts';

const REPLICAS = 'needs two replicas: give their URLs with --target name=url,url';
const CLOCK = 'needs profile clock: start the target with CONFORMANCE_CLOCK=1';

type Told = { rule: 'http/pages' | 'calls/window'; lacking: Record<string, string>; ran: string[] };

/** A run in which every rule passes by the tests that `ran`. */
function summaryOf(targets: TargetInfo[], told: (one: TargetInfo) => Told[]) {
  const run = fixtureRun(targets);
  const found = targets.flatMap((one) => told(one).flatMap((rule) => recordsOf(one.name, rule)));
  const ids = new Set(found.map(({ rule }) => rule));
  run.rules = [...ids].map((id) => ({ id, level: 'MUST' as const, profile: 'core' as const }));
  return summarise(withFooter([run, ...found], 0));
}

function recordsOf(name: string, { rule, lacking, ran }: Told): (ResultRecord & { rule: Told['rule'] })[] {
  const nothing = { type: 'test' as const, target: name, rule, ms: 1, requests: 1, measurements: [], failures: [], exchanges: [] };
  const one = (title: string, outcome: TestRecord['outcome'], reason?: string) => ({
    ...nothing,
    title,
    outcome,
    ...(reason !== undefined && { reason }),
  });
  const tests = [
    ...ran.map((title) => one(title, 'pass')),
    ...Object.entries(lacking).map(([title, reason]) => one(title, 'not tested', reason)),
  ];
  const outcome = ran.length > 0 ? ('pass' as const) : ('not tested' as const);
  const reason = Object.values(lacking)[0] ?? '';
  const judged = { ms: 1, tests: tests.length, measurements: [], level: 'MUST' as const };
  return [...tests, { type: 'rule' as const, target: name, rule, outcome, reason, ...judged }];
}

const mine = target('mine', 'Express', 'TypeORM');

test('a rule tested in part is told with each reason, apart from whole ones', () => {
  const summary = summaryOf([mine], () => [
    { rule: 'http/pages', ran: ['walks'], lacking: { 'on every replica': REPLICAS, later: CLOCK, 'much later': CLOCK } },
    { rule: 'calls/window', ran: [], lacking: { opens: CLOCK } },
  ]);
  const common = { targets: ['mine'] };
  expect(untested(summary)).toEqual([
    { ...common, reason: CLOCK, rules: ['calls/window'], isPartial: false },
    { ...common, reason: REPLICAS, rules: ['http/pages'], isPartial: true },
    { ...common, reason: CLOCK, rules: ['http/pages'], isPartial: true },
  ]);
  const plain = renderConsole(summary, { isColoured: false });
  expect(plain).toContain(`  ○ calls/window: ${CLOCK}\n  ○ http/pages in part: ${REPLICAS}\n`);
  const narrow = renderConsole(summary, { isColoured: false, columns: 60 });
  expect(narrow).toContain('  ○ http/pages in part: needs two replicas: give their URLs\n    with --target name=url,url\n');
  expect(renderMarkdown(summary)).toContain('- `http/pages` in part on mine: needs two replicas');
  expect(renderHtml(summary)).toContain(`<strong>1 rule</strong> in part on <bdi>mine</bdi>: ${REPLICAS}`);
});

test('what another target ran under another provider lacks nowhere', () => {
  const twilio = { ...target('other', 'Express', 'TypeORM'), meta: { ...mine.meta, videoProvider: 'twilio' } };
  const told = ({ meta }: TargetInfo): Told[] => {
    const [own, foreign] = meta.videoProvider === 'peer' ? ['of peer', 'of twilio'] : ['of twilio', 'of peer'];
    return [{ rule: 'calls/window', ran: [own], lacking: { [foreign]: 'needs another video provider' } }];
  };
  expect(untested(summaryOf([mine, twilio], told))).toEqual([]);
  expect(untested(summaryOf([mine], told))).toMatchObject([{ rules: ['calls/window'], isPartial: true }]);
});
