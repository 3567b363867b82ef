import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type ChildHooks = {
  /** The settings of the child, given ours. */
  environment?(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  /** What is printed in place of a line of the child. */
  stdoutLine?(line: string): string[];
  /** What is printed in place of all that the child said on stderr, once it has ended. */
  stderrAtEnd?(lines: string[]): string[];
  /** The signal that the child gets when we get SIGTERM; null keeps it from the child. */
  onTerminate?(): NodeJS.Signals | null;
  /** The code that we end with when the child has ended. */
  exitCode?(exit: Exit): number;
};

export type Child = { exited: Promise<Exit>; kill(signal: NodeJS.Signals): void };

/** Starts the real server with our settings and prints what it prints. */
export function startChild([program = '', ...words]: string[], env: NodeJS.ProcessEnv, hooks: ChildHooks): Child {
  const child = spawn(program, words, { env: hooks.environment?.(env) ?? env, stdio: ['ignore', 'pipe', 'pipe'] });
  printLines(child.stdout, process.stdout, hooks.stdoutLine ?? ((line) => [line]));
  const held = hooks.stderrAtEnd ? holdLines(child.stderr) : undefined;
  if (!held) child.stderr.pipe(process.stderr, { end: false });
  process.on('SIGTERM', () => {
    const signal = hooks.onTerminate ? hooks.onTerminate() : 'SIGTERM';
    if (signal) child.kill(signal);
  });
  return {
    kill: (signal) => void child.kill(signal),
    exited: exitOf(child).then((exit) => {
      for (const line of hooks.stderrAtEnd?.(held ?? []) ?? []) process.stderr.write(`${line}\n`);
      return exit;
    }),
  };
}

function exitOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Exit> {
  const { promise, resolve, reject } = Promise.withResolvers<Exit>();
  child.once('error', reject);
  child.once('close', (code, signal) => resolve({ code, signal }));
  return promise;
}

function eachLine(from: Readable, take: (line: string) => void): void {
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  from.on('end', () => rest !== '' && take(rest));
}

function printLines(from: Readable, to: NodeJS.WriteStream, change: (line: string) => string[]): void {
  eachLine(from, (line) => change(line).forEach((one) => to.write(`${one}\n`)));
}

function holdLines(from: Readable): string[] {
  const lines: string[] = [];
  eachLine(from, (line) => lines.push(line));
  return lines;
}
