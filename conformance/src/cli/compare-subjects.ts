import { leftOutUnder, type Provider, providersOf, type TwilioAccess } from '../providers.ts';
import { selectRules } from '../runner/select.ts';
import { findRunningStack, type RunningBackend, type RunningStack } from '../stack/stack-file.ts';
import { CouldNotJudge, probeTarget, type SuiteTarget } from '../target.ts';
import { startChosen } from './backend-options.ts';
import type { CompareOptions } from './compare.ts';
import { askToFill } from './consent.ts';
import { unlessAborted } from './interruption.ts';
import { probeTargets } from './target-options.ts';

/** What is judged; `died` resolves with a sentence when one of the servers that we started ends by itself. */
export type Subjects = {
  targets: SuiteTarget[];
  /** All were started just now, from the source that lies here. */
  isOfThisSource?: true;
  died?: Promise<string>;
  stop(): Promise<void>;
};

type Subject = RunningBackend & { provider: Provider; twilio?: TwilioAccess };

/**
 * The targets named by options, else those of a running `duet up`, else backends started for the time being.
 * @throws CouldNotJudge or StartError, one line with the cause and the way out.
 */
export async function findSubjects(options: CompareOptions, signal: AbortSignal): Promise<Subjects> {
  if (options.target.length > 0) {
    const targets = await probeTargets(options);
    await askToFill(targets, options.yes, signal);
    return { targets, stop: async () => undefined };
  }
  const providers = chooseProviders(options);
  const running = providers.includes('peer') ? findRunningStack() : undefined;
  if (!running || !suits(running, options)) {
    return { ...(await startSubjects(options, providers, signal)), isOfThisSource: true };
  }
  const { since } = running;
  process.stderr.write(
    `judging the servers of duet up (process ${running.process.pid}), which know no change since ${since}\n`,
  );
  const peers = await probeBackends(wantedOf(running, options), providers, options);
  const others = providers.filter((provider) => provider !== 'peer');
  if (others.length === 0) return { targets: peers, stop: async () => undefined };
  const { targets, ...rest } = await startSubjects(options, others, signal, providers);
  return { targets: [...peers, ...targets], ...rest };
}

/** Those of the wanted providers that the chosen rules need. */
function chooseProviders({ provider, rule, level }: CompareOptions): Provider[] {
  const wanted: Provider[] = provider === 'both' ? ['peer', 'twilio'] : [provider];
  const providers = providersOf(selectRules(rule, level), wanted);
  if (providers.length > 0) return providers;
  throw new CouldNotJudge(`the provider ${provider} changes nothing in ${rule.join(', ')}: leave --provider away`);
}

/** @param judged under all of which the backends are judged, the running ones included */
async function startSubjects(
  options: CompareOptions,
  providers: readonly Provider[],
  signal: AbortSignal,
  judged: readonly Provider[] = providers,
): Promise<Subjects> {
  const began = performance.now();
  const stack = await startChosen(options, { data: 'fresh', providers, signal });
  try {
    const backends = stack.backends.map(({ mayCreateDatabases, launcher, ...backend }) => ({
      ...backend,
      launcher: mayCreateDatabases ? launcher : null,
    }));
    const targets = await unlessAborted(signal, probeBackends(backends, judged, options));
    const names = targets.map(({ name }) => name).join(', ');
    process.stderr.write(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s: ${names}\n`);
    return { targets, died: stack.died, stop: stack.stop };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function suits(running: RunningStack, { hotPaths, only }: CompareOptions): boolean {
  const names = only ? [`backend-${only}`] : ['backend-a', 'backend-b'];
  const hasAll = names.every((name) => running.backends.some((backend) => backend.name === name));
  return hasAll && (hotPaths === undefined || hotPaths === running.hotPaths);
}

function wantedOf({ backends }: RunningStack, { only }: CompareOptions): Subject[] {
  const wanted = only ? backends.filter(({ name }) => name === `backend-${only}`) : backends;
  return wanted.map((backend) => ({ ...backend, provider: 'peer' }));
}

function probeBackends(
  backends: Subject[],
  judged: readonly Provider[],
  { timeout }: CompareOptions,
): Promise<SuiteTarget[]> {
  return Promise.all(
    backends.map(({ name, urls, inviteCode, launcher, provider, twilio }) =>
      probeTarget({
        name,
        urls,
        inviteCode,
        basePath: '',
        headers: {},
        timeoutMs: timeout,
        launcher: launcher ?? undefined,
        twilio,
        leftOut: leftOutUnder(provider, judged),
      }),
    ),
  );
}
