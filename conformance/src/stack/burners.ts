import { repositoryRoot } from './paths.ts';
import { startProcess, type StartedProcess } from './process.ts';

/** Starts processes that keep a core busy each, so that a suite shows what it judges on a slow machine. */
export async function startBurners(count: number): Promise<StartedProcess[]> {
  const command = [process.execPath, '-e', 'for (;;);'];
  const names = Array.from({ length: count }, (_, index) => `burner ${index + 1}`);
  return Promise.all(names.map((name) => startProcess({ name, command, cwd: repositoryRoot, env: {}, keepLines: 1 })));
}
