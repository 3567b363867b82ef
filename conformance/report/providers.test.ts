import { expect, test } from 'vitest';
import { renderConsole } from './console.ts';
import { fixtureRun, target, withFooter } from './fixtures/run.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { ResultRecord, TargetInfo, VerdictRecord } from './records.ts';
import { summarise } from './summarise.ts';

const REASON = 'the provider changes nothing here';
const RULES = ['http/pages', 'calls/window'] as const;

/** Two backends under two providers: one fails under twilio, where the other rule is left out. */
function records(): ResultRecord[] {
  const targets = [
    named('a', 'peer'),
    named('b', 'peer'),
    named('a (twilio)', 'twilio'),
    named('b (twilio)', 'twilio'),
  ];
  const run = fixtureRun(targets);
  run.rules = RULES.map((id) => ({ id, level: 'MUST', profile: 'core' }));
  const found = targets.flatMap((one) => RULES.flatMap((rule) => ofRule(one, rule)));
  return withFooter([run, ...found, ...targets.map(verdict)], 1);
}

function named(name: string, videoProvider: string): TargetInfo {
  const one = target(`backend-${name}`, 'Express', 'TypeORM');
  return { ...one, meta: { ...one.meta, videoProvider }, ...(videoProvider === 'twilio' && { leftOut: 1 }) };
}

function ofRule({ name, meta }: TargetInfo, rule: (typeof RULES)[number]): ResultRecord[] {
  const nothing = { target: name, rule, ms: 0, requests: 0, measurements: [], failures: [], exchanges: [] };
  const base = { type: 'rule' as const, target: name, rule, level: 'MUST' as const, measurements: [] };
  if (rule === 'http/pages' && meta.videoProvider === 'twilio')
    return [{ ...base, outcome: 'left out', reason: REASON, ms: 0, tests: 0 }];
  const other = meta.videoProvider === 'peer' ? 'twilio' : 'peer';
  const skipped = { outcome: 'not tested' as const, reason: `needs the video provider ${other}` };
  const outcome = name === 'backend-a (twilio)' ? ('fail' as const) : ('pass' as const);
  const failures = outcome === 'fail' ? [{ key: 'status', message: 'It was 500.' }] : [];
  return [
    { ...nothing, type: 'test', title: 'is open', ms: 40, requests: 3, outcome, failures },
    { ...nothing, type: 'test', title: `of ${other}`, ...skipped },
    { ...base, outcome, ms: 40, tests: 2, reason: `1 of 2 tests not run: ${skipped.reason}` },
  ];
}

function verdict({ name, profiles }: TargetInfo): VerdictRecord {
  const isGood = name !== 'backend-a (twilio)';
  const counts = { passed: isGood ? 2 : 0, failed: isGood ? 0 : 1, warned: 0, notTested: 0, errors: 0 };
  const said = isGood ? ('conformant' as const) : ('not conformant' as const);
  return { type: 'verdict', target: name, verdict: said, profiles, ...counts, requests: 3, judged: 3, ms: 40 };
}

const summary = summarise(records());

test('a rule that is left out is a dash in the terminal, and no difference', () => {
  const text = renderConsole(summary, { isColoured: false, columns: 100 });
  const lines = text.split('\n');
  expect(lines.slice(1, 4)).toEqual([
    '  http                            backend-a     backend-b     backend-a     backend-b',
    '                                                              (twilio)      (twilio)',
    '  pages                           ✓ 40 ms       ✓ 40 ms       —             —',
  ]);
  expect(text).toContain('  What differs (1 rule)\n\n  calls/window\n');
  expect(text).not.toContain('not tested alike');
  expect(text).not.toContain(REASON);
});

test('the headline counts the rules that were asked', () => {
  expect(renderMarkdown(summary)).toContain('backend-a (twilio) breaks 1 of 1 rule');
});

test('the page says why a rule is left out', () => {
  const page = renderHtml(summary);
  expect(page).toContain(`backend-a (twilio) and backend-b (twilio)</bdi>: ${REASON}`);
  expect(page).toContain(`<td class="left-out" title="${REASON}">`);
});

test('Markdown has a dash for it, JUnit no testcase', () => {
  expect(renderMarkdown(summary)).toMatch(/\| `pages` \| .+ \| MUST \| ✓ 40 ms \| ✓ 40 ms \| — \| — \|/u);
  const junit = renderJunit(summary);
  expect(junit.match(/classname="http\/pages"/gu)).toHaveLength(4);
  expect(junit).toContain('<testsuite name="backend-b (twilio)" tests="2"');
});
