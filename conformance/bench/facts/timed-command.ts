import { performance } from 'node:perf_hooks';
import { repositoryRoot } from '../../src/stack/paths.ts';
import { lastWords, startProcess, type StartedProcess } from '../../src/stack/process.ts';

/**
 * Runs a program in the repository to its end, with nothing of our environment but where programs are.
 * @returns the milliseconds it took
 * @throws Error with its own words when it exits with another code than 0; the signal's reason when that is aborted
 */
export async function timeCommand(command: string[], signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const began = performance.now();
  const started = await startProcess({
    name: command.join(' '),
    command,
    cwd: repositoryRoot,
    // A question of npm's to the registry would be timed too.
    env: { npm_config_update_notifier: 'false' },
    keepLines: 40,
  });
  const stop = (): void => void started.stop(0);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop(); // While it was being started nobody listened.
  const exit = await started.exited;
  const took = performance.now() - began;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (exit.code !== 0) throw new Error(`${started.name}: ${lastWords(saying(started), exit)}`);
  return took;
}

/** Compilers and test runners tell on stdout what is wrong. */
function saying({ stdout, stderr }: StartedProcess): { stderr: string[] } {
  return { stderr: [...stdout, ...stderr] };
}
