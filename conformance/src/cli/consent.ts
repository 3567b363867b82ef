import { createInterface } from 'node:readline/promises';
import { findRunningStack } from '../stack/stack-file.ts';
import { CouldNotJudge, type SuiteTarget } from '../target.ts';
import { unlessAborted } from './interruption.ts';

const traces =
  "some hundred accounts (email addresses end in @duet.invalid, displayNames begin with 'Duet '), their appointments and messages";

/**
 * Makes sure that somebody wants the targets' databases filled. Those of a running `duet up` are ours and may be.
 * @throws CouldNotJudge when nobody agrees, or nobody is there to be asked.
 */
export async function askToFill(
  targets: readonly SuiteTarget[],
  isAgreed: boolean,
  signal: AbortSignal,
): Promise<void> {
  const foreign = targets.filter((target) => !isOurs(target)).map(({ name }) => name);
  if (foreign.length === 0) return;
  const warning = `this fills the database of ${foreign.join(' and ')} with ${traces}, and removes nothing`;
  if (isAgreed) return void process.stderr.write(`duet: ${warning}\n`);
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new CouldNotJudge(`${warning}: say --yes if that is wanted`);
  if (!(await isConfirmed(`${warning}.\nGo on? [y/N] `, signal)))
    throw new CouldNotJudge('nothing was sent, as you wished');
}

async function isConfirmed(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads, readline takes Ctrl-C for itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  terminal.on('close', () => resolve(''));
  try {
    const answer = await unlessAborted(signal, Promise.race([terminal.question(question), closed]));
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

function isOurs({ urls }: SuiteTarget): boolean {
  const ours = findRunningStack()?.backends.flatMap((backend) => backend.urls) ?? [];
  return urls.every((url) => ours.includes(url));
}
