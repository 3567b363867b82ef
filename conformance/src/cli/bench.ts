import { Command } from 'commander';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { wantsColour } from '../../report/colour.ts';
import { duration } from '../../report/text.ts';
import { bench } from '../../bench/bench.ts';
import { designs } from '../../bench/designs.ts';
import { renderStudyConsole } from '../../bench/study/console.ts';
import { writeStudy } from '../../bench/study/write-study.ts';
import { endLeftovers } from '../stack/process-records.ts';
import type { Surroundings } from './main.ts';
import { nameStudy } from './reports.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet bench                     CPU a request of a read and a write: under six minutes
  duet bench --profile short     does everything work? half a minute, its numbers say nothing
  duet bench --profile full      every scenario, through the ORM too, in ten blocks: hours
  duet bench --profile full --resume   goes on where that was interrupted
  duet study --from report/bench/quick.ndjson   the page again, from the raw data of a run

Each backend is measured beside a hand-written floor and the floor again, by turns in bursts of 25 ms in a drawn order. What breaks a MUST rule is not measured: the suite is run first, unless it has been for this very source.
k6 is found at K6_BIN or on PATH, or built once where Go is. Keep the machine quiet meanwhile.

Exit codes: 0 measured, 1 a backend breaks the contract and was left out, 2 it could not be measured.
`;

type BenchChoice = { profile: keyof typeof designs; seed?: number; resume?: true; out: string };

/** `duet bench`: what a request costs on each backend, beside the floor. */
export function benchCommand({ signal, words, finish }: Surroundings): Command {
  return new Command('bench')
    .description('measure both backends beside a hand-written floor')
    .option(
      '--profile <profile>',
      'how much is measured: short, quick or full',
      oneOf(['short', 'quick', 'full']),
      'quick',
    )
    .option('--seed <number>', 'repeats the order of an earlier run', wholeNumber(0, 2 ** 31 - 1))
    .option('--resume', 'go on with the run of this profile that was interrupted, behind its last whole part')
    .option('--out <folder>', 'where raw data and the study go', 'report')
    .addHelpText('after', examples)
    .action(async (choice: BenchChoice) => finish(await measure(choice, words, signal)));
}

async function measure(choice: BenchChoice, words: string[], signal: AbortSignal): Promise<number> {
  for (const name of endLeftovers()) console.log(`ended ${name}, left over from a command that was killed`);
  const began = performance.now();
  const out = path.resolve(choice.out);
  const file = path.join(out, 'bench', `${choice.profile}.ndjson`);
  await bench({
    profile: choice.profile,
    design: designs[choice.profile],
    series: choice.profile === 'full' ? ['statements', 'orm'] : ['statements'],
    seed: choice.seed ?? randomInt(2 ** 31),
    isResumed: choice.resume === true,
    file,
    out: path.join(out, 'bench'),
    words,
    signal,
    log: (line) => process.stderr.write(`${duration(performance.now() - began)}  ${line}\n`),
  });
  return printStudy(file, out);
}

/** Makes the study of a bundle and prints what it says. @returns the exit code */
export function printStudy(file: string, out: string): number {
  const study = writeStudy(file, out);
  nameStudy(out);
  const { stdout, env } = process;
  stdout.write(renderStudyConsole(study, { isColoured: wantsColour(stdout, env) }));
  const relative = (name: string): string => path.relative(process.cwd(), name);
  stdout.write(`\nStudy: ${relative(path.join(out, 'study.html'))}   Raw data: ${relative(file)}\n`);
  return study.verdicts.every(({ outcome }) => outcome === 'conformant') ? 0 : 1;
}
