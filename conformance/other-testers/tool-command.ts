import { spawn } from 'node:child_process';

export type ToolResult = { code: number | null; output: string; seconds: number; isOverTime: boolean };
export type ToolOptions = {
  cwd: string;
  /** All it sees of the environment, but for PATH and HOME. */
  env: Record<string, string>;
  limitMs: number;
  signal: AbortSignal;
};

/**
 * Runs a tester's program, all that it starts in one process group, to its end or to the limit.
 * A program that cannot be started gives code 127 and the reason as its output.
 * @throws the signal's reason when that is aborted
 */
export async function runTool(command: string[], { cwd, env, limitMs, signal }: ToolOptions): Promise<ToolResult> {
  signal.throwIfAborted();
  const [program = '', ...words] = command;
  const began = performance.now();
  const { PATH, HOME } = process.env;
  const child = spawn(program, words, {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  let isOverTime = false;
  const end = (): void => void (child.pid !== undefined && killGroup(child.pid));
  const timer = setTimeout(() => {
    isOverTime = true;
    end();
  }, limitMs);
  signal.addEventListener('abort', end);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('error', (error) => {
    output += error.message;
    resolve(127);
  });
  child.once('close', resolve);
  const code = await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  return { code, output, seconds: (performance.now() - began) / 1000, isOverTime };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
