#!/usr/bin/env node
// `duet` in its image and its package: the commands that need neither a database nor a backend's source.
import { Command, CommanderError } from 'commander';
import { StreamError } from '../report/stream.ts';
import { conformCommand } from '../src/cli/conform.ts';
import { diffCommand } from '../src/cli/diff.ts';
import { diffResultsCommand } from '../src/cli/diff-results.ts';
import { Interrupted, watchSignals } from '../src/cli/interruption.ts';
import { replayCommand } from '../src/cli/replay.ts';
import { twilioEmulatorCommand } from '../src/cli/twilio-emulator.ts';
import { StartError, wordsOf } from '../src/stack/errors.ts';
import { CouldNotJudge } from '../src/target.ts';

const words = process.argv.slice(2);
let exitCode = 0;
const surroundings = { signal: watchSignals(), words, finish: (code) => (exitCode = code) };
const program = new Command('duet')
  .description('Judges whether a server keeps the Duet contract. The commands that start servers need the repository.')
  .helpCommand(false)
  .exitOverride();
for (const command of [conformCommand, replayCommand, diffCommand, diffResultsCommand, twilioEmulatorCommand])
  program.addCommand(command(surroundings).copyInheritedSettings(program));
try {
  await program.parseAsync(words, { from: 'user' });
} catch (error) {
  exitCode = report(error);
}
process.exit(exitCode);

/** Says on one line what went wrong; a mistake of our own comes with its stack. */
function report(error) {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isExpected = [CouldNotJudge, StartError, StreamError].some((kind) => error instanceof kind);
  process.stderr.write(`duet: ${isExpected ? wordsOf(error) : `unexpected: ${error?.stack ?? error}`}\n`);
  return 2;
}
