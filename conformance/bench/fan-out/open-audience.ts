import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { StartError } from '../../src/stack/errors.ts';
import type { FromAudience, ToAudience } from './words.ts';

export type Audience = {
  count(): Promise<FromAudience & { kind: 'counted' }>;
  close(): Promise<void>;
};

/**
 * Opens so many event streams on a server, as many for each account, in a process of their own.
 * @throws StartError, one line, when one is not answered with a stream
 */
export async function openAudience(
  words: Omit<ToAudience & { kind: 'open' }, 'kind'>,
  signal: AbortSignal,
): Promise<Audience> {
  const child = fork(path.join(import.meta.dirname, 'audience.ts'), { execArgv: [] });
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  const exited = once(child, 'exit').then(() => {
    signal.throwIfAborted();
    throw new StartError('the process that holds the event streams ended by itself');
  });
  exited.catch(() => undefined);
  const ask = async (asked: ToAudience): Promise<FromAudience> => {
    child.send(asked);
    const [answer] = (await Promise.race([once(child, 'message'), exited])) as [FromAudience];
    return answer;
  };
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', stop);
    stop();
    await exited.catch(() => undefined);
  };
  const opened = await ask({ kind: 'open', ...words });
  if (opened.kind === 'failed') {
    await close();
    throw new StartError(`${words.streams} event streams cannot be opened: ${opened.reason}`);
  }
  return {
    async count() {
      const counted = await ask({ kind: 'count' });
      if (counted.kind !== 'counted') throw new Error(`the audience answers ${counted.kind}`);
      return counted;
    },
    close,
  };
}
