import { setTimeout as pause } from 'node:timers/promises';
import { statusOf } from '../stack/server.ts';
import type { SuiteTarget } from '../target.ts';

const everyMs = 1000;
const answerMs = 5000;
const patience = 3;
const silent = new Set(['no answer', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/**
 * Asks every replica each second whether it is still there; any answer at all counts. Tests alone cannot tell a silent
 * target from one that breaks a rule.
 * @returns a sentence, as soon as one was silent three times in a row; never when `signal` is aborted before
 */
export function watchTargets(targets: readonly SuiteTarget[], signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const { name, urls, basePath } of targets) {
    for (const url of urls)
      void watch(`${url}${basePath}/healthz`, signal).then(
        (reason) => reason && resolve(`${name} does not answer any more at ${url} (${reason})`),
      );
  }
  return promise;
}

async function watch(address: string, signal: AbortSignal): Promise<string | undefined> {
  let silences = 0;
  while (!signal.aborted) {
    const status = await statusOf(address, answerMs);
    silences = silent.has(status) ? silences + 1 : 0;
    if (silences === patience) return status;
    await pause(everyMs, undefined, { ref: false });
  }
  return undefined;
}
