import { nextLook } from '../../src/look.ts';
import type { Loop, World } from '../k6/scenarios/order.ts';
import { load, type Alone, type LoadsOptions } from '../loads/alone.ts';
import { histogramOf } from '../loads/histogram.ts';
import { loadNumbers } from '../loads/load-cell.ts';
import { residentBytes } from '../probes/processor-time.ts';
import { openAudience, type Audience } from './open-audience.ts';

/** After the last write; what has not come by then counts as lost. */
const PATIENCE_MS = 15_000;

/** Writes messages at a rate while so many event streams are open, and waits until all have been told. */
export async function measureFanOut(alone: Alone, streams: number, options: LoadsOptions): Promise<void> {
  const { subject, block, worlds } = alone;
  const { virtualUsers, fanOut } = options.loads;
  const name = subject.plan.name;
  options.onProgress(`alone ${block}, ${name}, fan-out: ${streams} streams`);
  const tokens = worlds.flatMap(({ writer, doctor }) => [writer.token, doctor.token]);
  const audience = await openAudience({ url: subject.process.url, tokens, streams }, options.signal);
  try {
    const { ratePerSecond, seconds } = fanOut;
    const loop: Loop = { kind: 'open', virtualUsers, stages: [{ ratePerSecond, seconds }] };
    const seen = await load(alone, 'message', loop, options);
    const expected = expectedOf(seen.acknowledged, worlds, streams);
    const { delivered, doubled, micros } = await allOf(audience, expected);
    const { dropped, failures, cpu } = loadNumbers(loop, seen);
    const writes = seen.acknowledged.reduce((sum, one) => sum + one, 0);
    const counts = { streams, writes, dropped, failures, expected, delivered, doubled };
    const bytes = residentBytes(subject.process.pid);
    const record = { block, subject: name, ...counts, cpu, residentBytes: bytes, delivery: histogramOf(micros) };
    options.keep({ kind: 'fan-out', ...record });
  } finally {
    await audience.close();
  }
}

/** Streams are dealt out to accounts by turns: each message is told to those of its two people. */
export function expectedOf(acknowledged: readonly number[], worlds: readonly World[], streams: number): number {
  const accounts = worlds.length * 2;
  const streamsOf = (account: number): number => Math.ceil(Math.max(0, streams - account) / accounts);
  return acknowledged.reduce(
    (sum, writes, world) => sum + writes * (streamsOf(2 * world) + streamsOf(2 * world + 1)),
    0,
  );
}

async function allOf(audience: Audience, expected: number) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const counted = await audience.count();
    if (counted.delivered >= expected || Date.now() > deadline) return counted;
    await nextLook();
  }
}
