import { spawn, type SpawnOptions } from 'node:child_process';

export type CommandResult = { code: number | null; signal: NodeJS.Signals | null; output: string };

/**
 * Runs a program to its end and collects what it printed, stdout and stderr in one text.
 * A program that cannot be started gives code 127 and the reason as its output.
 */
export function runCommand(command: string[], options: SpawnOptions = {}): Promise<CommandResult> {
  const [program = '', ...words] = command;
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.once('error', (error) => resolve({ code: 127, signal: null, output: error.message }));
  child.once('close', (code, signal) => resolve({ code, signal, output }));
  return promise;
}
