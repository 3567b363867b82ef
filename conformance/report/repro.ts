import type { Finding } from './findings.ts';
import type { Exchange, Step } from './records.ts';
import { checkOfAnswer, checkOfTest, type Check } from './repro-check.ts';
import { curlScript, replayScript } from './repro-script.ts';
import type { Cell, Row, Summary } from './summarise.ts';

/** Steps and what to look at after them, or why curl alone cannot show it. */
type Plan = { steps: Step[]; check: Check } | string;

/**
 * A script for every rule that is broken on a target, by its path in the report's folder: `repro/http/pages.sh`, with the
 * target's name before `.sh` where several break the rule. Each exits 0 when the rule is kept, 1 when it is broken and
 * 2 when it cannot be seen; what curl and jq cannot show is left to `duet replay`.
 */
export function reproScripts(summary: Summary): Map<string, string> {
  const scripts = summary.troubles.flatMap((row) => {
    const broken = row.cells.filter(isBroken);
    return broken.map((cell): [string, string] => {
      const name = broken.length === 1 ? row.id : `${row.id}.${cell.target.replaceAll(/[^\w.-]+/gu, '-')}`;
      return [`repro/${name}.sh`, scriptOf(row, cell, summary)];
    });
  });
  return new Map(scripts);
}

function isBroken({ outcome, findings }: Cell): boolean {
  if (outcome === 'flaky') return findings.length > 0;
  return outcome === 'fail' || outcome === 'warn' || outcome === 'error' || outcome === 'known failure';
}

function scriptOf(row: Row, cell: Cell, summary: Summary): string {
  const urls = summary.targets.find(({ name }) => name === cell.target)?.urls ?? [];
  const about = { rule: row.id, sentence: row.sentence, target: cell.target, urls };
  const plans = cell.findings.map((finding) => ({ finding, plan: planOf(row, cell, finding, summary) }));
  for (const { finding, plan } of plans) {
    if (typeof plan !== 'string') return curlScript({ ...about, title: finding.title }, plan.steps, plan.check);
  }
  const [first] = plans;
  const why = typeof first?.plan === 'string' ? first.plan : (cell.reason ?? 'no test of it failed');
  return replayScript({ ...about, title: first?.finding.title ?? row.title }, why);
}

function planOf(row: Row, cell: Cell, finding: Finding, summary: Summary): Plan {
  return finding.kind === 'test' ? planOfTest(cell, finding) : planOfAnswer(row, cell, finding, summary);
}

function planOfTest(cell: Cell, finding: Finding): Plan {
  const test = cell.tests.find(({ title, outcome }) => title === finding.title && outcome === 'fail');
  const check = test && checkOfTest(test);
  if (!check) return 'what the test looked at is neither the status nor the problem of one answer';
  return sendable(test.steps ?? [], check);
}

/** The steps of the test that got the answer, up to that answer. */
function planOfAnswer(row: Row, cell: Cell, { failures, exchanges, during }: Finding, summary: Summary): Plan {
  const [failure, exchange] = [failures[0], exchanges[0]];
  const seen = failure && checkOfAnswer(row.id, failure);
  if (!seen || !exchange) return 'what is wrong in the answer is seen with the schemas of the contract alone';
  const owner = summary.rows.find(({ id }) => id === during?.rule);
  const tests = owner?.cells.find(({ target }) => target === cell.target)?.tests ?? [];
  const steps = tests.find(({ title }) => title === during?.title)?.steps ?? [];
  return sendable(steps, { ...seen, step: nearest(steps, exchange) });
}

/** The step that was sent when the exchange began: it was recorded a moment later by another clock. */
function nearest(steps: readonly Step[], { at, request, response }: Exchange): number {
  const began = Date.parse(at);
  const fitting = steps.flatMap((step, index) =>
    step.method === request.method && step.status === (response?.status ?? null)
      ? [{ index, far: Math.abs(step.at - began) }]
      : [],
  );
  return fitting.sort((one, other) => one.far - other.far)[0]?.index ?? -1;
}

function sendable(steps: readonly Step[], check: Check): Plan {
  const needed = steps.slice(0, check.step + 1);
  if (needed.length === 0) return 'the requests of the test were not recorded';
  const hindered = needed.find(({ obstacle }) => obstacle !== undefined);
  if (hindered) return `of ${hindered.method} ${pathOf(hindered)}: ${hindered.obstacle}`;
  // People are made side by side; any other requests at the same time are what the test is about.
  const races = needed.some((step) => step.overlaps && !/\/v1\/(accounts|sessions)$/u.test(pathOf(step)));
  return races ? 'the test sends requests at the same time' : { steps: needed, check };
}

function pathOf({ url }: Step): string {
  return url.map((part) => (typeof part === 'string' ? part : '')).join('');
}
