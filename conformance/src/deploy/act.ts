import { setTimeout as pause } from 'node:timers/promises';
import { startRecording } from '../driver/recorder.ts';
import { auditStored, auditStreams, type Findings } from '../ledger/audit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Pair } from '../ledger/pairs.ts';
import type { Balancer } from '../stack/balancer.ts';
import { nextLook } from '../look.ts';
import type { OpenCall } from './call.ts';
import { type ActCounts, countsOf } from './counts.ts';
import { Load } from './load.ts';
import type { Mix } from './requests.ts';
import type { Streams } from './streams.ts';
import { Tally } from './tally.ts';

/** What is there while the acts are played one after the other: the people, what they hold open and what they wrote. */
export type World = {
  backend: string;
  rate: number;
  pairs: Pair[];
  ledger: Ledger;
  mix: Mix;
  streams: Streams;
  call: OpenCall;
  balancer: Balancer;
  /** The counts of the act that is played, exchanged with each act. */
  score: Score;
  /** What the running act found wrong beside failed requests. */
  problems: string[];
  /** What earlier acts have told already. */
  told: Set<string>;
  signal: AbortSignal;
};

export type Score = { tally: Tally };

export type Act = {
  kind: 'undisturbed' | 'replacement' | 'kill' | 'restart';
  name: string;
  /** For how long after the first step requests may fail; null: not at all. */
  withinMs: number | null;
  /** Only a 503 with Retry-After is a permitted failure. */
  refusalsOnly: boolean;
  play(): Promise<void>;
};

const BEFORE_MS = 2500;
const AFTER_MS = 2500;
const SETTLE_MS = 15_000;

/** Plays one act under a steady load, waits until everybody has been told everything, and audits. */
export async function playAct(world: World, act: Act): Promise<ActCounts> {
  const { signal } = world;
  const tally = (world.score.tally = new Tally());
  const recording = startRecording();
  const retriesBefore = await retriesOf(world.balancer);
  const eventsBefore = world.streams.eventCount;
  const load = new Load(() => world.mix.next(), world.rate, tally);
  try {
    await pauseUnless(signal, BEFORE_MS);
    await act.play();
    await pauseUnless(signal, restOf(act, tally));
  } finally {
    await load.stop();
  }
  tally.close();
  const { streams, call } = await settle(world);
  const stored = await auditStored(world.ledger, world.pairs);
  if (act.withinMs === null) world.problems.push(...recording.violations.map(violationWords));
  world.problems.push(...world.call.takeProblems(), ...news(world, call));
  return countsOf({
    backend: world.backend,
    act,
    tally,
    stored: newsOf(world, stored),
    streams: newsOf(world, streams),
    problems: world.problems.splice(0),
    events: world.streams.eventCount - eventsBefore,
    streamCount: world.streams.followed.length,
    retriedByBalancer: (await retriesOf(world.balancer)) - retriesBefore,
  });
}

/** How long the load goes on after the last step: beyond the time in which requests may fail, and a moment in any case. */
function restOf({ withinMs }: Act, { marks }: Tally): number {
  const began = marks[0]?.at ?? performance.now();
  return Math.max(AFTER_MS, began + (withinMs ?? 0) + 1000 - performance.now());
}

/** Waits until all streams are open and have been told what was acknowledged; what is lacking after 15 s is lost. */
export async function settle(world: World): Promise<{ streams: Findings; call: string[] }> {
  const until = performance.now() + SETTLE_MS;
  while (!world.streams.areLevel && performance.now() < until) await nextLook();
  for (;;) {
    world.signal.throwIfAborted();
    const found = auditStreams(world.ledger, world.pairs, world.streams.followed);
    const call = world.call.audit(world.streams.followed);
    const isSettled = found.lost.length === 0 && call.length === 0 && world.streams.areLevel;
    if (isSettled || performance.now() > until) {
      const closed = world.streams.followed.filter(({ stream }) => !stream).length;
      if (closed > 0) world.problems.push(`${closed} streams were not open again ${SETTLE_MS / 1000} s later`);
      return { streams: found, call };
    }
    await pause(250);
  }
}

function newsOf(world: World, findings: Findings): Findings {
  const { lost, doubled, outOfOrder, overlaps } = findings;
  return {
    lost: news(world, lost),
    doubled: news(world, doubled),
    outOfOrder: news(world, outOfOrder),
    overlaps: news(world, overlaps),
  };
}

/** What no act before has told; a message of several streams counts for each of them. */
function news({ told }: World, words: readonly string[]): string[] {
  const fresh = words.filter((one) => !told.has(one));
  for (const one of fresh) told.add(one);
  return fresh;
}

/** How many connections the balancer has tried again so far. */
async function retriesOf(balancer: Balancer): Promise<number> {
  const places = await balancer.places();
  return places.reduce((sum, { retries, redispatches }) => sum + retries + redispatches, 0);
}

function violationWords({ rule, failure, exchange }: ReturnType<typeof startRecording>['violations'][number]): string {
  const { method, url } = exchange.request;
  return `${rule} is broken: ${failure.message} (${method} ${new URL(url).pathname})`;
}

/** @throws the signal's reason as soon as it is aborted */
async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
