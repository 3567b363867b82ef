import { rules } from '@duet/contract/rules';
import { performance } from 'node:perf_hooks';
import { type Fault, isWrapped, type SpecimenFault } from '../faults/declare.ts';
import { findDivergences } from './differential.ts';
import { createInProcess } from './in-process.ts';

/** What random sequences made of one fault, told from a good server and the model. */
export type Detection = {
  rule: string;
  fault: string;
  outcome: 'found' | 'missed' | 'misjudged';
  /** Of the sequence that was the first to show it, from 1 on; of a missed one, how many were tried. */
  sequences: number;
  /** How long the shortest sequence is that shows it. */
  steps: number | null;
  ms: number;
};

export type DetectionOptions = { seed: number; runs: number; steps: number; signal: AbortSignal };

/** Answers of these are alike under any command, or come of no command; their rules' tests ask for them. */
const NOT_BEHAVIOUR = ['http', 'operations', 'webhooks'];

const BEGINNING = Date.parse('2027-03-01T08:00:00Z');

/** Whether commands of people show a fault at all: not what a form, a setting, a log or Twilio shows. */
export function isBehaviour(fault: Fault): fault is SpecimenFault & { rule: Fault['rule']; name: string } {
  const { area, provider, profile } = rules[fault.rule];
  return !isWrapped(fault) && !NOT_BEHAVIOUR.includes(area) && provider !== 'twilio' && profile !== 'launcher';
}

/** Sends sequences to a good server and one with the fault until they part. */
export async function detect(
  fault: SpecimenFault & Pick<Fault, 'rule' | 'name'>,
  options: DetectionOptions,
): Promise<Detection> {
  const started = performance.now();
  const [good, faulty] = [createInProcess('good', undefined), createInProcess('faulty', fault)];
  let marks = 0;
  const [first] = await findDivergences([good, faulty], {
    ...options,
    most: 1,
    hasClock: true,
    now: () => BEGINNING,
    mark: () => `mark${String((marks += 1)).padStart(8, '0')}`,
  });
  const known = { rule: fault.rule, fault: fault.name, ms: Math.round(performance.now() - started) };
  if (!first) return { ...known, outcome: 'missed', sequences: options.runs, steps: null };
  const { verdict, steps: shortest } = first.divergence;
  const isRight = verdict.kind === 'wrong' && verdict.target === 'faulty';
  const told = { sequences: first.seed - options.seed + 1, steps: shortest.length };
  return { ...known, ...told, outcome: isRight ? 'found' : 'misjudged' };
}
