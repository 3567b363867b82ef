import { proveFault } from '../faults/prove.ts';
import { type Subject, startFaulty, startHonest } from '../faults/subject.ts';
import { CouldNotJudge } from '../src/target.ts';
import type { TriedFault } from './choose.ts';
import {
  type Baseline,
  type Control,
  type MeasureRecord,
  ofKind,
  type ResultsWriter,
  type TesterName,
  type Trial,
} from './records.ts';
import { keyOf, newFindings, type Tester, type TesterRun, type TesterSettings } from './tester.ts';

export type MeasureOptions = {
  faults: TriedFault[];
  testers: Tester[];
  /** Whether the suite itself is tried on the same faults. */
  withSuite: boolean;
  baselines: number;
  settings: TesterSettings;
  results: ResultsWriter;
  signal: AbortSignal;
  log(line: string): void;
};

/** How long one answer may take while people are made. */
const ANSWER_MS = 10_000;
const KEPT_FINDINGS = 20;

/**
 * Runs every tester on the server without a fault, then fault by fault all of them; what the results hold already is not
 * done again. Each run has a server and people of its own.
 * @throws CouldNotJudge when a tester comes to no result without a fault; the signal's reason when that is aborted
 */
export async function measure(options: MeasureOptions): Promise<void> {
  const { faults, testers, results, signal, log } = options;
  const [first] = faults;
  if (!first) return;
  for (const tester of testers) await findBaseline(tester, first, options);
  for (const [index, fault] of faults.entries()) {
    for (const tester of options.withSuite ? (['duet', ...testers] as const) : testers) {
      signal.throwIfAborted();
      const name = tester === 'duet' ? tester : tester.name;
      if (isTried(results.kept, name, fault)) continue;
      const trial = tester === 'duet' ? await proveOnce(fault, options) : await tryOnce(tester, fault, options);
      results.keep(trial);
      log(`${index + 1} of ${faults.length}: ${wordsOf(trial)}`);
    }
  }
}

/** A run without a result (the machine was busy, or was put to sleep) is made again by the next measurement. */
function isTried(records: MeasureRecord[], tester: TesterName, { rule, name }: TriedFault): boolean {
  return ofKind(records, 'trial').some(
    (trial) => trial.tester === tester && trial.rule === rule && trial.fault === name && trial.verdict !== 'no result',
  );
}

/** Several runs, since what is random finds more each time; then one more, which must find nothing else. */
async function findBaseline(tester: Tester, like: TriedFault, options: MeasureOptions): Promise<void> {
  const { baselines, results, log } = options;
  const isOwn = ({ tester: name }: { tester: TesterName }): boolean => name === tester.name;
  const runHonest = () => runOn(tester, () => startHonest(like, undefined, ANSWER_MS), options);
  for (let run = ofKind(results.kept, 'baseline').filter(isOwn).length + 1; run <= baselines; run += 1) {
    const { findings, seconds, failure } = await runHonest();
    if (failure !== undefined) throw new CouldNotJudge(`${tester.name} on a server without a fault: ${failure}`);
    const record: Baseline = { kind: 'baseline', tester: tester.name, run, seconds, findings };
    results.keep(record);
    log(`without a fault, ${tester.name} ${run} of ${baselines}: ${findings.length} findings in ${seconds} s`);
  }
  if (ofKind(results.kept, 'control').some(isOwn)) return;
  const control: Control = {
    kind: 'control',
    tester: tester.name,
    ...verdictOf(await runHonest(), known(options, tester)),
  };
  results.keep(control);
  log(`without a fault, as if it had one: ${wordsOf(control)}`);
}

function known({ results }: MeasureOptions, tester: Tester): Set<string> {
  const own = ofKind(results.kept, 'baseline').filter((record) => record.tester === tester.name);
  return new Set(own.flatMap(({ findings }) => findings).map(keyOf));
}

async function tryOnce(tester: Tester, fault: TriedFault, options: MeasureOptions): Promise<Trial> {
  const run = await runOn(tester, () => startFaulty(fault, undefined, ANSWER_MS), options);
  return {
    kind: 'trial',
    tester: tester.name,
    rule: fault.rule,
    fault: fault.name,
    ...verdictOf(run, known(options, tester)),
  };
}

async function runOn(tester: Tester, start: () => Promise<Subject>, options: MeasureOptions): Promise<TesterRun> {
  const subject = await start();
  try {
    const run = await tester.run(subject.target, options.settings, options.signal);
    return { ...run, seconds: Number(run.seconds.toFixed(1)), findings: newFindings(run.findings, new Set()) };
  } finally {
    await subject.stop();
  }
}

type Verdict = Pick<Trial, 'verdict' | 'seconds' | 'findings' | 'reason'>;

function verdictOf({ seconds, failure, ...run }: TesterRun, known: ReadonlySet<string>): Verdict {
  const findings = newFindings(run.findings, known).slice(0, KEPT_FINDINGS);
  if (findings.length > 0) return { verdict: 'killed', seconds, findings };
  if (failure !== undefined) return { verdict: 'no result', seconds, findings, reason: failure };
  return { verdict: 'survived', seconds, findings };
}

/** The suite on the same fault: the fault's own rule, and the honest server beside it. */
async function proveOnce(fault: TriedFault, { signal }: MeasureOptions): Promise<Trial> {
  const { verdict, reason, ms } = await proveFault(fault, { isFull: false, signal, timeoutMs: ANSWER_MS });
  return {
    kind: 'trial',
    tester: 'duet',
    rule: fault.rule,
    fault: fault.name,
    verdict: verdict === 'killed' ? 'killed' : 'survived',
    seconds: Number((ms / 1000).toFixed(1)),
    findings: [],
    ...(verdict !== 'killed' && { reason: `${verdict}: ${reason}` }),
  };
}

function wordsOf(trial: Trial | Control): string {
  const of = trial.kind === 'trial' ? ` ${trial.rule} ${trial.fault}` : '';
  const [first] = trial.findings;
  const why = first ? `: ${keyOf(first)}` : trial.reason === undefined ? '' : `: ${trial.reason}`;
  return `${trial.verdict} by ${trial.tester} in ${trial.seconds} s${of}${why}`;
}
