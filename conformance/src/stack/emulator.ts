import { Worker } from 'node:worker_threads';
import type { TwilioAccess } from '../providers.ts';
import { StartError } from './errors.ts';

/** What the thread says once it listens; `environment` is what a backend needs. */
export type EmulatorGreeting = { access: TwilioAccess; environment: Record<string, string> };

export type RunningEmulator = EmulatorGreeting & {
  /** Resolves with a sentence when it ends although nobody stopped it. */
  died: Promise<string>;
  stop(): Promise<void>;
};

/**
 * Starts the Twilio emulator on a thread of this process.
 * @throws StartError, one line, when it cannot listen.
 */
export async function startEmulator(): Promise<RunningEmulator> {
  const thread = new Worker(new URL('./emulator-thread.ts', import.meta.url));
  let isStopped = false;
  const ended = new Promise<string>((resolve) => {
    thread.once('error', (error) => resolve(`the Twilio emulator died: ${String(error)}`));
    thread.once('exit', () => isStopped || resolve('the Twilio emulator ended'));
  });
  const stop = async (): Promise<void> => {
    isStopped = true;
    await thread.terminate();
  };
  const greeted = new Promise<EmulatorGreeting>((resolve) => thread.once('message', resolve));
  const greeting = await Promise.race([greeted, ended]);
  if (typeof greeting === 'string') throw new StartError(greeting);
  return { ...greeting, died: ended, stop };
}
