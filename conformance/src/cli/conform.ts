import { Command } from 'commander';
import path from 'node:path';
import { readKnownFailures } from '../runner/known-failures-file.ts';
import { CouldNotJudge } from '../target.ts';
import { askToFill } from './consent.ts';
import { judge } from './judging.ts';
import type { Surroundings } from './main.ts';
import { printReport, writeReports } from './reports.ts';
import { addSuiteOptions, checkGlobs, checkProfiles, type SuiteChoice } from './suite-options.ts';
import { addTargetOptions, probeTargets, type TargetOptions } from './target-options.ts';
import { keepRunning } from './watching.ts';

const examples = `
Examples:
  duet conform --target http://localhost:3000 --invite-code "$CODE" --yes
  duet conform --target mine=http://localhost:3000,http://localhost:3001 --launcher mine.json --require clock,launcher
  duet conform --target http://localhost:3000 --twilio-control http://127.0.0.1:40123 --rule 'webhooks/*' --yes
  duet conform --target http://localhost:3000 --known-failures known-failures.json --watch src --yes
  duet conform --target https://staging.example --base-path /api --header "Authorization: Bearer $KEY" --rule 'http/*'

A launcher file is JSON with the keys name, start, migrate (commands as lists of words), cwd, env and databaseUrl
(a role that may create databases). Rules whose profile a target lacks are not tested, never passed; nor is what needs
two replicas passed of a target with one URL.

A target with VIDEO_PROVIDER=twilio is judged in full when duet twilio-emulator stands in for Twilio behind it.

The database of a target is filled with accounts whose email addresses end in @duet.invalid and whose displayNames
begin with 'Duet ', their appointments and messages; nothing is removed. Never use a database that people use.

Exit codes: 0 every target is conformant or fails in known ways alone, 1 one is not, or an entry of --known-failures no
longer holds, 2 one could not be judged (the reason is on stderr).
`;

/** `duet conform`: judges servers that run already. */
export function conformCommand(surroundings: Surroundings): Command {
  const command = new Command('conform').description(
    'judge servers that run already, in whatever language they are written',
  );
  addSuiteOptions(addTargetOptions(command)).addHelpText('after', examples);
  return command.action(async (options: TargetOptions & SuiteChoice) =>
    surroundings.finish(await watchOrConform(options, surroundings)),
  );
}

async function watchOrConform(options: TargetOptions & SuiteChoice, surroundings: Surroundings): Promise<number> {
  if (options.watch === undefined) return conform(options, surroundings);
  return keepRunning({
    folder: options.watch === true ? '.' : options.watch,
    out: options.out,
    signal: surroundings.signal,
    run: (isFirst) => conform({ ...options, yes: options.yes || !isFirst }, surroundings),
  });
}

async function conform(options: TargetOptions & SuiteChoice, { signal, words }: Surroundings): Promise<number> {
  if (options.target.length === 0)
    throw new CouldNotJudge(
      'which server? duet conform --target http://localhost:3000 (duet compare starts both backends itself)',
    );
  checkGlobs(options.rule);
  const known = options.knownFailures === undefined ? [] : readKnownFailures(options.knownFailures);
  const targets = await probeTargets(options);
  checkProfiles(targets, options.require);
  await askToFill(targets, options.yes, signal);
  const out = path.resolve(options.out);
  const { records, exitCode, trouble } = await judge({
    targets,
    rules: options.rule,
    level: options.level,
    seed: options.seed,
    jobs: options.jobs,
    known,
    out,
    words,
    signal,
  });
  printReport(writeReports(records, out), out);
  if (trouble) process.stderr.write(`duet: could not judge: ${trouble}\n`);
  return exitCode;
}
