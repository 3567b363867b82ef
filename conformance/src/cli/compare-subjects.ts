import { findRunningStack, type RunningBackend, type RunningStack } from '../stack/stack-file.ts';
import { probeTarget, type SuiteTarget } from '../target.ts';
import { startChosen } from './backend-options.ts';
import type { CompareOptions } from './compare.ts';
import { askToFill } from './consent.ts';
import { unlessAborted } from './interruption.ts';
import { probeTargets } from './target-options.ts';

/** What is judged; `died` resolves with a sentence when one of the servers that we started ends by itself. */
export type Subjects = { targets: SuiteTarget[]; died?: Promise<string>; stop(): Promise<void> };

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
  const running = findRunningStack();
  if (running && suits(running, options)) {
    process.stderr.write(`judging the servers of duet up (process ${running.process.pid})\n`);
    return { targets: await probeBackends(running.backends, options), stop: async () => undefined };
  }
  return startSubjects(options, signal);
}

async function startSubjects(options: CompareOptions, signal: AbortSignal): Promise<Subjects> {
  const began = performance.now();
  const stack = await startChosen(options, { data: 'fresh', signal });
  try {
    const backends = stack.backends.map(({ mayCreateDatabases, launcher, ...backend }) => ({
      ...backend,
      launcher: mayCreateDatabases ? launcher : null,
    }));
    const targets = await unlessAborted(signal, probeBackends(backends, options));
    process.stderr.write(
      `${targets.map(({ name }) => name).join(' and ')} ready after ${((performance.now() - began) / 1000).toFixed(1)} s\n`,
    );
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

function probeBackends(backends: RunningBackend[], { only, timeout }: CompareOptions): Promise<SuiteTarget[]> {
  const wanted = only ? backends.filter(({ name }) => name === `backend-${only}`) : backends;
  return Promise.all(
    wanted.map(({ name, urls, inviteCode, launcher }) =>
      probeTarget({
        name,
        urls,
        inviteCode,
        basePath: '',
        headers: {},
        timeoutMs: timeout,
        launcher: launcher ?? undefined,
      }),
    ),
  );
}
