import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, StartError } from './errors.ts';
import { lastWords, startProcess, type ProcessOptions, type StartedProcess } from './process.ts';

/** A started server; `url` is its base URL, without a trailing slash. */
export type ServerProcess = StartedProcess & { url: string };

export type ServerOptions = ProcessOptions & {
  /** Asked until it answers 2xx. */
  readyUrl: string;
  /** How long it may take to be ready, in milliseconds; 30 seconds unless told. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
};

/**
 * Starts a server and waits until it is ready.
 * @throws StartError with the server's own words on one line when it exits or is not ready in time; the signal's reason
 * when it is aborted. In all three cases nothing is left behind.
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  options.signal?.throwIfAborted();
  const started = await startProcess(options);
  const server = Object.assign(started, { url: new URL(options.readyUrl).origin });
  const hasEnded = new AbortController();
  const watched = AbortSignal.any([hasEnded.signal, ...(options.signal ? [options.signal] : [])]);
  void server.exited.then((exit) => hasEnded.abort(new StartError(`${server.name}: ${lastWords(server, exit)}`)));
  try {
    await waitUntilReady(server, options.readyUrl, options.timeoutMs ?? 30_000, watched);
    return server;
  } catch (error) {
    await server.stop(0);
    throw error;
  }
}

async function waitUntilReady(
  server: ServerProcess,
  url: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let seen: string;
  do {
    seen = await statusOf(url);
    signal.throwIfAborted();
    if (seen.startsWith('2')) return;
    await pause(25);
  } while (Date.now() < deadline);
  const said = server.stderr.at(-1) ?? server.stdout.at(-1) ?? 'nothing';
  throw new StartError(
    `${server.name}: not ready within ${timeoutMs / 1000} s: ${url} gives ${seen}; it said last: ${said}`,
  );
}

/** The status an address answers with, or why it does not. The connection is closed, so that a drain need not wait for it. */
export function statusOf(url: string, timeoutMs = 2000): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const get = url.startsWith('https:') ? getSecure : getPlain;
  const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
    response.resume();
    response.once('close', () => resolve(String(response.statusCode)));
  });
  request.once('timeout', () => request.destroy(new Error('no answer')));
  request.once('error', (error) => resolve(codeOf(error) ?? error.message));
  return promise;
}
