import path from 'node:path';
import { StartError } from '../../src/stack/errors.ts';
import { lastWords, startProcess, type StartedProcess } from '../../src/stack/process.ts';
import type { K6 } from '../k6/find-k6.ts';
import { type Desk, openDesk } from './desk.ts';

export type Generator = Pick<Desk, 'worlds' | 'fulfil'> & {
  pid: number;
  stop(): Promise<void>;
};

/**
 * Starts k6 with as many virtual users, which then wait for orders.
 * @throws StartError, one line, when k6 ends by itself: from the start here, later from `fulfil`.
 */
export async function startGenerator(k6: K6, virtualUsers: number): Promise<Generator> {
  const desk = await openDesk(virtualUsers);
  const script = path.join(import.meta.dirname, '../k6/scenarios/slices.ts');
  const started = await startProcess({
    name: 'k6',
    command: [k6.path, 'run', '--quiet', '--summary-mode=disabled', '--no-usage-report', '--address', '', script],
    cwd: import.meta.dirname,
    env: { DESK: desk.url, CONNECTIONS: String(virtualUsers) },
    keepLines: 50,
  });
  const ended = endOf(started);
  try {
    await Promise.race([desk.ready, ended]);
  } catch (error) {
    desk.close();
    throw error;
  }
  return {
    pid: started.pid,
    worlds: desk.worlds,
    fulfil: (order) => Promise.race([desk.fulfil(order), ended]),
    async stop() {
      ended.catch(() => undefined);
      desk.close();
      await started.stop();
    },
  };
}

async function endOf(started: StartedProcess): Promise<never> {
  const exit = await started.exited;
  throw new StartError(`the load generator ended: ${lastWords(started, exit)}`);
}
