import { Command, CommanderError, type Option } from 'commander';
import { StreamError } from '../../report/stream.ts';
import { StartError, wordsOf } from '../stack/errors.ts';
import { endLeftovers } from '../stack/process-records.ts';
import { CouldNotJudge } from '../target.ts';
import { benchCommand } from './bench.ts';
import { compareCommand } from './compare.ts';
import { crashCommand } from './crash.ts';
import { conformCommand } from './conform.ts';
import { deployCommand } from './deploy.ts';
import { diffResultsCommand } from './diff-results.ts';
import { diffCommand } from './diff.ts';
import { Interrupted, watchSignals } from './interruption.ts';
import { mergeCommand } from './merge.ts';
import { mutateCommand } from './mutate.ts';
import { proveCommand } from './prove.ts';
import { replayCommand } from './replay.ts';
import { startCommand } from './start.ts';
import { studyCommand } from './study.ts';
import { testersCommand } from './testers.ts';
import { twilioEmulatorCommand } from './twilio-emulator.ts';
import { upCommand } from './up.ts';

const examples = `
Examples:
  duet compare                                   start both backends and judge them side by side
  duet compare --rule 'appointments/*'           only the rules of one area
  duet conform --target http://localhost:3000    judge any server, in any language
  duet replay appointments/start                 judge a rule of the last run again
  duet diff-results old.ndjson new.ndjson        what changed between two runs?
  duet prove 'http/*'                            does every test notice when its rule is broken?
  duet testers                                   which of those faults do Schemathesis and Dredd notice?
  duet mutate a                                  does the suite notice small changes of a backend?
  duet crash                                     kill replicas and database under load: what is lost?
  duet deploy                                    replace every replica under load: who notices?
  duet diff a=URL b=URL                          random sequences: where do two servers part?
  duet bench                                     what does a request cost on each backend?
  duet merge report/load/*.log                   what did all runners of a load on a cluster see?
  duet up                                        start both backends and stay, to try them out
  duet start                                     the same with the web client and people to try it as

Exit codes: 0 every target is conformant, 1 one is not, 2 one could not be judged (the reason is on stderr).
`;

/** What a command needs of its surroundings; `finish` tells its exit code. */
export type Surroundings = { signal: AbortSignal; words: string[]; finish(exitCode: number): void };

/** Runs the command line and ends the process. */
export async function main(words: string[]): Promise<void> {
  for (const mishap of ['uncaughtException', 'unhandledRejection'])
    process.on(mishap, (error) => process.exit(report(error)));
  let exitCode = 0;
  const surroundings: Surroundings = { signal: watchSignals(), words, finish: (code) => (exitCode = code) };
  try {
    await programOf(surroundings).parseAsync(words, { from: 'user' });
  } catch (error) {
    exitCode = report(error);
  }
  endLeftovers({ evenOurs: true });
  process.exit(exitCode);
}

function programOf(surroundings: Surroundings): Command {
  const program = new Command('duet')
    .description('Judges whether a server keeps the Duet contract, and compares two that do.')
    .addHelpText('after', examples)
    .helpCommand(false)
    .configureHelp({ helpWidth: 110, optionDescription: describeOption })
    .showHelpAfterError('(duet --help shows the commands, duet <command> --help their options)')
    .exitOverride();
  const commands = [
    startCommand,
    compareCommand,
    conformCommand,
    replayCommand,
    diffResultsCommand,
    proveCommand,
    mutateCommand,
    testersCommand,
    crashCommand,
    deployCommand,
    diffCommand,
    benchCommand,
    studyCommand,
    mergeCommand,
    upCommand,
    twilioEmulatorCommand,
  ];
  for (const command of commands) program.addCommand(command(surroundings).copyInheritedSettings(program));
  return program;
}

/** Defaults that say nothing (none, an empty list, no) are not shown. */
function describeOption({ description, defaultValue, defaultValueDescription }: Option): string {
  const shown =
    defaultValueDescription ??
    (typeof defaultValue === 'string' || typeof defaultValue === 'number' ? String(defaultValue) : '');
  return shown === '' ? description : `${description} (default: ${shown})`;
}

/** Says on one line what went wrong; a mistake of our own comes with its stack. */
function report(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isExpected = error instanceof CouldNotJudge || error instanceof StartError || error instanceof StreamError;
  const said = isExpected || !(error instanceof Error) ? wordsOf(error) : `unexpected: ${error.stack}`;
  process.stderr.write(`duet: ${said}\n`);
  return 2;
}
