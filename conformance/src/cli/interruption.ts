/** The user, or the system, wants us to end. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals, exitCode: number) {
    super(`interrupted by ${signal}`);
    this.exitCode = exitCode;
  }
}

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const patienceMs = 15_000;
/** npm hands on a Ctrl-C that the terminal sent to us as well. */
const echoMs = 500;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an abort whose reason is Interrupted. A second one, or 15 seconds, ends the
 * process at once; what it started is killed on its exit.
 */
export function watchSignals(): AbortSignal {
  const controller = new AbortController();
  const ours = new Set<unknown>();
  let first: number | undefined;
  for (const [signal, exitCode] of Object.entries(exitCodes) as [NodeJS.Signals, number][]) {
    const listener = (): void => {
      if (first !== undefined && performance.now() - first > echoMs) process.exit(exitCode);
      if (first !== undefined) return;
      first = performance.now();
      process.stderr.write('\nstopping …\n');
      controller.abort(new Interrupted(signal, exitCode));
      setTimeout(() => process.exit(exitCode), patienceMs).unref();
    };
    ours.add(listener);
    process.on(signal, listener);
  }
  refuseOthers(ours);
  return controller.signal;
}

/** vitest ends the process a millisecond after such a signal, before what we started is stopped. */
function refuseOthers(ours: ReadonlySet<unknown>): void {
  process.on('newListener', (event: string, listener: () => void) => {
    if (event in exitCodes && !ours.has(listener)) queueMicrotask(() => process.removeListener(event, listener));
  });
}

/** Settles as `work` does, but rejects with the signal's reason as soon as it is aborted. */
export async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
