import { StartError } from '../../src/stack/errors.ts';
import { duration } from '../../report/text.ts';
import type { Loop, RunnerOrder } from '../k6/scenarios/order.ts';
import { addHistograms, percentilesOf } from '../loads/histogram.ts';
import { droppedOf } from '../loads/load-cell.ts';
import type { Load } from '../study/records.ts';
import type { RunnerResult } from './runner-log.ts';

/** Of the load's time, so much must be of all runners together, else it was none of that rate. */
const LEAST_TOGETHER = 0.9;
const NOTHING = { p50: 0, p90: 0, p99: 0, max: 0 };
/** What must be the same in all results, and how it is called. */
const SAME: [word: string, of: (order: RunnerOrder) => unknown][] = [
  ['scenario', ({ scenario }) => scenario],
  ['rate', ({ ratePerSecond }) => ratePerSecond],
  ['duration', ({ seconds }) => seconds],
  ['number of virtual users', ({ virtualUsers }) => virtualUsers],
  ['seed', ({ seed }) => seed],
  ['contract version', ({ server }) => server.contractVersion],
  ['commit', ({ commit }) => commit],
  ['server', ({ server: { service, framework, orm, runtime } }) => `${service}, ${framework}, ${orm}, ${runtime}`],
];

/**
 * The one load that several runners made together: histograms and counts are added, the rate is that of all of them, and
 * lasts for as long as all of them sent. What was dropped, failed or differed on any of them is in it.
 * @throws StartError, one line that names the cause and the way out, for results that are not of one load, or not all of it
 */
export function mergeRunners(results: readonly [RunnerResult, ...RunnerResult[]], subject: string): Load {
  mustBeOfOneLoad(results);
  mustBeAllParts(results);
  const [{ order }] = results;
  const { ratePerSecond, seconds, virtualUsers } = order;
  const loop: Loop = { kind: 'open', virtualUsers, stages: [{ ratePerSecond, seconds }] };
  const sum = (of: (result: RunnerResult) => number): number => results.reduce((total, one) => total + of(one), 0);
  const sent = sum((one) => one.sent);
  return {
    kind: 'load',
    purpose: 'curve',
    scenario: order.scenario,
    block: 1,
    subject,
    runners: results.length,
    loop: { kind: 'open', ratePerSecond, share: null },
    frozen: null,
    durationMs: togetherMs(results, seconds * 1000),
    sent,
    dropped: droppedOf(loop, sent),
    failures: sum(({ failures }) => failures),
    compared: sum(({ compared }) => compared),
    mismatches: sum(({ mismatches }) => mismatches),
    cpu: { server: 0, database: 0, generator: 0 },
    startLag: percentilesOf(results.map(({ lag }) => lag)) ?? NOTHING,
    fromIntendedStart: addHistograms(results.map(({ fromIntendedStart }) => fromIntendedStart)),
    fromSending: addHistograms(results.map(({ fromSending }) => fromSending)),
  };
}

function mustBeOfOneLoad([first, ...others]: readonly [RunnerResult, ...RunnerResult[]]): void {
  for (const other of others) {
    for (const [word, of] of SAME) {
      const [one, another] = [of(first.order), of(other.order)];
      if (one === another) continue;
      throw new StartError(
        `${first.file} and ${other.file} differ in their ${word} (${one}; ${another}): merge the logs of one TestRun`,
      );
    }
  }
}

/** The parts must lie side by side, from 0 to 1. */
function mustBeAllParts(results: readonly RunnerResult[]): void {
  const parts = results
    .map(({ file, order: { segment } }) => ({ file, segment, ...boundsOf(segment) }))
    .toSorted((one, other) => one.from - other.from);
  let [reached, last] = [0, ''];
  for (const { file, segment, from, to } of parts) {
    if (from < reached)
      throw new StartError(`${last} and ${file} are both of part ${segment} of the load: give each runner's log once`);
    if (from > reached) break;
    [reached, last] = [to, file];
  }
  if (reached === 1) return;
  const has = parts.map(({ segment }) => segment).join(' and ');
  throw new StartError(`a runner is missing: here is ${has} of the load; give the logs of all runners of the TestRun`);
}

/** `1/4:1/2` → 0.25 and 0.5. */
function boundsOf(segment: string): { from: number; to: number } {
  const [from = 0, to = 0] = segment.split(':').map((bound) => {
    const [over = 0, under = 1] = bound.split('/').map(Number);
    return over / under;
  });
  return { from, to };
}

/** How long all of them sent; those that sent nothing do not count. */
function togetherMs(results: readonly RunnerResult[], lastingMs: number): number {
  const sending = results
    .flatMap(({ file, beganAt }) => (beganAt === null ? [] : [{ file, beganAt }]))
    .toSorted((one, other) => one.beganAt - other.beganAt);
  const [first, last] = [sending[0], sending.at(-1)];
  if (!first || !last) return lastingMs;
  const apart = last.beganAt - first.beganAt;
  const together = lastingMs - apart;
  if (together >= lastingMs * LEAST_TOGETHER) return together;
  throw new StartError(
    `${first.file} began ${duration(apart)} before ${last.file}, in a load of ${duration(lastingMs)}: they were no load together; let the operator start them, and set the nodes' clocks`,
  );
}
