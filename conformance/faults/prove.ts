import type { RuleId } from '@duet/contract/rules';
import type { ResultRecord, RuleRecord, TestRecord, ViolationRecord } from '../report/stream.ts';
import { runSuite } from '../src/runner/run.ts';
import { type Fault } from './declare.ts';
import { type Backend, honest, nameOf, startFaulty, startHonest, type Subject } from './subject.ts';

/**
 * `killed`: the rule's own assertion went red, and beside it at most the named neighbours. `survived`: it stayed green,
 * or was not tested. `spilled`: other rules went red too. `unproven`: the rule is red without the fault as well.
 */
export type Verdict = 'killed' | 'survived' | 'spilled' | 'unproven';
export type Proof = { fault: Fault; verdict: Verdict; reason: string; ms: number };

export type ProofOptions = {
  /** All rules are run and not the fault's own alone, so that neighbours are seen. */
  isFull: boolean;
  /** In a full run: only these rules, beside the fault's own. */
  against?: string[] | undefined;
  /** Needed for faults that are wrapped around one. */
  backend?: Backend | undefined;
  signal: AbortSignal;
  timeoutMs: number;
};

type Outcome = Pick<RuleRecord, 'outcome' | 'reason'> & { message: string; isAsserted: boolean };
type Outcomes = Map<RuleId, Outcome>;

/** Proves the faults of one rule, all of them and the honest target side by side in one run. */
export async function proveFaults(faults: Fault[], options: ProofOptions): Promise<Proof[]> {
  const started = performance.now();
  const subjects: Subject[] = [];
  try {
    const [first] = faults;
    if (first) subjects.push(await startHonest(first, options.backend, options.timeoutMs));
    for (const fault of faults) {
      options.signal.throwIfAborted();
      subjects.push(await startFaulty(fault, options.backend, options.timeoutMs));
    }
    const own = faults.flatMap(({ rule, seenIn = [] }) => [rule, ...seenIn]);
    const rules = options.isFull ? options.against && [...options.against, ...own] : own;
    const outcomes = await runOn(subjects, rules, options.signal);
    const ms = (performance.now() - started) / faults.length;
    const without = outcomes.get(honest) ?? new Map();
    return faults.map((fault) =>
      judge(fault, outcomes.get(nameOf(fault)) ?? new Map(), without, { ms, isFull: options.isFull }),
    );
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

/** Proves one fault. */
export async function proveFault(fault: Fault, options: ProofOptions): Promise<Proof> {
  const [proof] = await proveFaults([fault], options);
  if (!proof) throw new Error(`${fault.rule} ${fault.name} was not proved`);
  return proof;
}

async function runOn(subjects: Subject[], rules: string[] | undefined, signal: AbortSignal) {
  const records: ResultRecord[] = [];
  await runSuite({
    targets: subjects.map(({ target }) => target),
    ...(rules && { rules }),
    command: 'duet prove',
    signal,
    onRecord: (record) => void records.push(record),
  });
  signal.throwIfAborted();
  return new Map(subjects.map(({ target }) => [target.name, outcomesOf(records, target.name)]));
}

function outcomesOf(records: ResultRecord[], target: string): Outcomes {
  const of = <Type extends ResultRecord['type']>(type: Type) =>
    records.filter((record): record is Extract<ResultRecord, { type: Type }> => record.type === type);
  const failures = [
    ...of('test').filter((test) => test.target === target && test.outcome === 'fail'),
    ...of('violation').filter((violation) => violation.target === target),
  ];
  const rules = of('rule').filter((record) => record.target === target);
  return new Map(
    rules.map(({ rule, outcome, reason }) => {
      const own = failures.filter((failure) => failure.rule === rule);
      return [
        rule,
        { outcome, ...(reason !== undefined && { reason }), isAsserted: own.length > 0, message: messageOf(own[0]) },
      ];
    }),
  );
}

function messageOf(failure: TestRecord | ViolationRecord | undefined): string {
  if (!failure) return '';
  const [first] = failure.type === 'test' ? failure.failures : [failure.failure];
  const title = failure.type === 'test' ? failure.title : failure.during.title;
  return `${title}: ${first?.message.split('\n')[0] ?? ''}`;
}

const isRed = (outcome: Outcome | undefined) => ['fail', 'warn', 'error'].includes(outcome?.outcome ?? '');

function judge(
  fault: Fault,
  outcomes: Outcomes,
  honest: Outcomes,
  { ms, isFull }: { ms: number; isFull: boolean },
): Proof {
  const own = outcomes.get(fault.rule);
  const proof = (verdict: Verdict, reason: string): Proof => ({ fault, verdict, reason, ms });
  if (isRed(honest.get(fault.rule)))
    return proof('unproven', `red without it: ${honest.get(fault.rule)?.message ?? ''}`);
  if (!isRed(own)) return proof('survived', own?.reason ?? own?.outcome ?? 'not run');
  if (!own?.isAsserted) return proof('survived', `an error and no assertion: ${own?.reason ?? ''}`);
  const allowed = new Set<RuleId>([fault.rule, ...(fault.neighbours ?? [])]);
  const others = !isFull
    ? []
    : [...outcomes].filter(([rule, outcome]) => isRed(outcome) && !allowed.has(rule) && !isRed(honest.get(rule)));
  if (others.length > 0) return proof('spilled', others.map(([rule]) => rule).join(', '));
  return proof('killed', own.message);
}
