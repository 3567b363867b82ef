import { setTimeout as pause } from 'node:timers/promises';
import { createPerson } from '../actors.ts';
import { emptyLedger } from '../ledger/ledger.ts';
import { makePairs } from '../ledger/pairs.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Backend } from '../stack/backends.ts';
import type { Balancer } from '../stack/balancer.ts';
import { probeTarget, type SuiteTarget } from '../target.ts';
import type { Score, World } from './act.ts';
import { OpenCall } from './call.ts';
import { Load } from './load.ts';
import { Mix } from './requests.ts';
import { Streams } from './streams.ts';
import { Tally } from './tally.ts';

export type StageOptions = {
  backend: Backend;
  balancer: Balancer;
  score: Score;
  problems: string[];
  rate: number;
  streams: number;
  seed: number;
  signal: AbortSignal;
};

/** A password costs its hash, so there are few people, who have several streams each. */
const PAIRS = 19;
const WARM_UP_MS = 4000;

/** Makes the people, opens their streams and the call: all that the acts disturb. */
export async function setStage(options: StageOptions): Promise<World> {
  const { backend, balancer, score, problems, rate, signal } = options;
  const tally = (): Tally => score.tally;
  const target = await probe(backend, balancer);
  const pairs = await makePairs(target, PAIRS);
  const [doctor, user] = [await createPerson(target, 'doctor'), await createPerson(target, 'user')];
  signal.throwIfAborted();
  const ledger = emptyLedger();
  const people = [doctor, user, ...pairs.flatMap((pair) => [pair.doctor, pair.user])];
  const streams = new Streams(people, options.streams, tally);
  await streams.open();
  const call = await OpenCall.open({ doctor, user }, tally);
  const mix = new Mix(pairs, ledger, seededRandom(options.seed));
  await warmUp(mix, rate);
  return {
    backend: backend.name,
    rate,
    pairs,
    ledger,
    mix,
    streams,
    call,
    balancer,
    score,
    problems,
    told: new Set(),
    signal,
  };
}

/** Servers that have just been started are slow at first; whoever deploys replaces warm ones. This is not counted. */
async function warmUp(mix: Mix, rate: number): Promise<void> {
  const load = new Load(() => mix.next(), rate, new Tally());
  await pause(WARM_UP_MS);
  await load.stop();
}

/** Ends what `setStage` opened. */
export async function clearStage({ streams, call }: World): Promise<void> {
  streams.close();
  await call.stop();
}

function probe({ name, inviteCode }: Backend, { url }: Balancer): Promise<SuiteTarget> {
  const shape = { basePath: '', headers: {}, timeoutMs: 10_000, isLaunched: true };
  return probeTarget({ ...shape, name, urls: [url], inviteCode });
}
