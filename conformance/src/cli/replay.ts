import { Command } from 'commander';
import path from 'node:path';
import { exitCodeOfReplay, planReplay, replayInWords, type ReplayPlan } from '../../report/replay-plan.ts';
import { readStream, type TargetInfo } from '../../report/stream.ts';
import { CouldNotJudge } from '../target.ts';
import { findSubjects, type Subjects } from './compare-subjects.ts';
import { askToFill } from './consent.ts';
import { judge } from './judging.ts';
import type { Surroundings } from './main.ts';
import { printReport, writeReports } from './reports.ts';
import { addTargetOptions, probeTargets, type TargetOptions } from './target-options.ts';

const examples = `
Examples:
  duet replay appointments/no-overlap                             what report/results.ndjson says was broken, once more
  duet replay http/problem --of backend-b                         on one target alone
  duet replay http/pages --from main/ --invite-code "$CODE" --yes

The rule is run alone, with the run's seed, on the targets on which it was broken; a universal rule with the rules whose
tests had shown it broken. Servers that duet compare had started are started again; other targets are asked where they
were, or where --target says. What a recording does not hold has to be given again: --invite-code, --header, --launcher.

Exit codes: 0 the rule is kept, 1 it is broken, 2 it could not be judged (the reason is on stderr).
`;

type ReplayOptions = TargetOptions & { from: string; of?: string; out: string };

/** `duet replay`: judges one rule of a stored run again. */
export function replayCommand(surroundings: Surroundings): Command {
  const command = new Command('replay')
    .description('judge one rule of an earlier run again')
    .argument('<rule>', 'the id of the rule, such as appointments/no-overlap')
    .option('--from <file or folder>', "the run's results.ndjson, or its folder", 'report')
    .option('--of <target>', 'only the target of this name; else those that broke the rule');
  return addTargetOptions(command)
    .option('--out <folder>', 'where results.ndjson and the reports made of it go', 'report/replay')
    .addHelpText('after', examples)
    .action(async (rule: string, options: ReplayOptions) =>
      surroundings.finish(await replay(rule, options, surroundings)),
    );
}

async function replay(rule: string, options: ReplayOptions, { signal, words }: Surroundings): Promise<number> {
  const file = options.from.endsWith('.ndjson') ? options.from : path.join(options.from, 'results.ndjson');
  const plan = planReplay(readStream(file), rule, options.of);
  if (typeof plan === 'string') throw new CouldNotJudge(`${file}: ${plan}`);
  const subjects = await subjectsOf(plan, options, signal);
  try {
    const planned = subjects.targets.filter(({ name }) => plan.targets.some((target) => target.name === name));
    const targets = options.target.length > 0 ? subjects.targets : planned;
    if (targets.length === 0) throw new CouldNotJudge(`the targets of that run are gone: name them with --target`);
    const { rules, run } = plan;
    const out = path.resolve(options.out);
    const { died } = subjects;
    const { records, trouble } = await judge({ targets, rules, seed: run.seed, out, words, signal, died });
    printReport(writeReports(records, out), out);
    if (trouble) process.stderr.write(`duet: could not judge: ${trouble}\n`);
    process.stdout.write(`\n${replayInWords(plan, records)}`);
    return exitCodeOfReplay(plan, records);
  } finally {
    await subjects.stop();
  }
}

/** Targets that the options name; else our own backends, started anew; else those of the run, where they were. */
async function subjectsOf(plan: ReplayPlan, options: ReplayOptions, signal: AbortSignal): Promise<Subjects> {
  const isOurs = /^duet compare\b(?!.* --target\b)/.test(plan.run.command);
  if (options.target.length === 0 && isOurs) return findSubjects(compareOptions(plan, options), signal);
  const target = options.target.length > 0 ? options.target : plan.targets.map(named);
  const basePath = options.basePath || (plan.targets[0]?.basePath ?? '');
  const targets = await probeTargets({ ...options, target, basePath });
  await askToFill(targets, options.yes, signal);
  return { targets, stop: async () => undefined };
}

/** A name that cannot be given is the address itself, which is what it was made from. */
function named({ name, urls }: TargetInfo): string {
  return /^[\w.-]+$/.test(name) ? `${name}=${urls.join(',')}` : urls.join(',');
}

function compareOptions({ rules, targets }: ReplayPlan, options: ReplayOptions): Parameters<typeof findSubjects>[0] {
  const isOf = (backend: string): boolean => targets.every(({ name }) => name.startsWith(backend));
  const only = isOf('backend-a') ? 'a' : isOf('backend-b') ? 'b' : undefined;
  const compared = { rule: rules, require: [], provider: 'both' as const, replicas: 2, repeat: 1, burn: 0 };
  return { ...options, ...compared, ...(only && { only }) };
}
