import type { RuleId } from '@duet/contract/rules';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ResultRecord } from '../report/stream.ts';
import { leftOutUnder, type Provider } from '../src/providers.ts';
import { runSuite } from '../src/runner/run.ts';
import { selectRules } from '../src/runner/select.ts';
import type { Backend } from '../src/stack/backends.ts';
import { StartError } from '../src/stack/errors.ts';
import { CouldNotJudge, probeTarget } from '../src/target.ts';
import type { Mutant } from './mutant.ts';
import { nearRules } from './near-rules.ts';
import { withBackend, withMutant, type Workshop } from './workshop.ts';

/** `killed`: a rule went red. `survived`: all rules stayed green under both providers. `stillborn`: it did not start. */
export type Outcome = 'killed' | 'survived' | 'stillborn';

export type Trial = {
  outcome: Outcome;
  /** Of a killed one, the rule that was the first to go red; of a stillborn one, what its server said. */
  reason: string;
  ms: number;
};

const JUDGED: readonly Provider[] = ['peer', 'twilio'];
const TIMEOUT_MS = 10_000;

/**
 * Starts a backend with the mutant and runs the suite until the first test is red: the rules that are near to its file,
 * then all others, then those that the provider twilio can change.
 * @throws what aborts the signal
 */
export async function tryMutant(workshop: Workshop, mutant: Mutant, signal: AbortSignal): Promise<Trial> {
  const started = performance.now();
  const near = nearRules(mutant.file, readFileSync(path.join(workshop.folder, mutant.file), 'utf8'));
  const trial = await withMutant(workshop, mutant, async () => {
    try {
      return await judgedBy(workshop, near, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CouldNotJudge) return { outcome: 'killed' as const, reason: error.message };
      if (!(error instanceof StartError)) throw error;
      return { outcome: 'stillborn' as const, reason: error.message.split('\n')[0] ?? '' };
    }
  });
  return { ...trial, ms: Math.round(performance.now() - started) };
}

async function judgedBy(workshop: Workshop, near: RuleId[], signal: AbortSignal): Promise<Omit<Trial, 'ms'>> {
  for (const provider of JUDGED) {
    const asked = selectRules().filter((id) => leftOutUnder(provider, JUDGED)[id] === undefined);
    const [first, rest] = [asked.filter((id) => near.includes(id)), asked.filter((id) => !near.includes(id))];
    const red = await withBackend(workshop, provider, signal, async (backend) => {
      for (const rules of [first, rest].filter(({ length }) => length > 0)) {
        const found = await firstRed(workshop, backend, provider, rules, signal);
        if (found !== undefined) return found;
      }
      return undefined;
    });
    if (red !== undefined) return { outcome: 'killed', reason: provider === 'peer' ? red : `${red} (twilio)` };
  }
  return { outcome: 'survived', reason: '' };
}

/** The first rule that goes red, and its test; the run ends there. */
async function firstRed(
  { emulator }: Workshop,
  { name, urls, inviteCode, launcher }: Backend,
  provider: Provider,
  rules: RuleId[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const enough = new AbortController();
  const twilio = provider === 'twilio' ? emulator.access : undefined;
  const shape = { name, urls, inviteCode, launcher, twilio, basePath: '', headers: {}, timeoutMs: TIMEOUT_MS };
  const target = await probeTarget(shape);
  let red: string | undefined;
  const { exitCode } = await runSuite({
    targets: [target],
    rules,
    command: 'duet mutate',
    signal: AbortSignal.any([signal, enough.signal]),
    onRecord(record) {
      red ??= redOf(record);
      if (red !== undefined) enough.abort();
    },
  });
  signal.throwIfAborted();
  return red ?? (exitCode === 0 ? undefined : 'the server is gone');
}

function redOf(record: ResultRecord): string | undefined {
  if (record.type === 'violation') return `${record.rule}: ${record.failure.message.split('\n')[0]}`;
  if (record.type !== 'test' || (record.outcome !== 'fail' && record.outcome !== 'error')) return undefined;
  return `${record.rule}: ${record.title}`;
}
