import type { RuleId } from '@duet/contract/rules';
import type { Lie } from '../specimen/fault.ts';

/** A target that breaks one rule, told to the specimen. */
export type SpecimenFault = Lie & {
  /** What it does wrong, in the indicative. */
  describe: string;
  /** Rules that cannot but break with it: three at most. */
  neighbours?: RuleId[];
  /** For a rule that is judged on every answer: whose tests ask for the answers that break it. */
  seenIn?: RuleId[];
  /** It shows only when requests race each other. */
  isRace?: true;
};

/** A target that breaks one rule: a good backend behind a process that changes one thing. */
export type WrapperFault = {
  describe: string;
  neighbours?: RuleId[];
  seenIn?: RuleId[];
  isRace?: true;
  /** The wrapping program, beside the fault's file. */
  wrapper: URL;
  /** What the wrapper is told. */
  settings?: Record<string, string>;
  /** The target's own replicas run behind the wrapper, under twilio; else only the servers that tests launch do. */
  isWhole?: boolean;
};

export type Fault = (SpecimenFault | WrapperFault) & { rule: RuleId; name: string };
export type FaultTable = Record<string, SpecimenFault | WrapperFault>;

export const isWrapped = (fault: Fault): fault is WrapperFault & { rule: RuleId; name: string } => 'wrapper' in fault;

/** Declares the faults of a rule, by name; the file's path is the rule's id. */
export function faults(rule: RuleId, table: FaultTable): Fault[] {
  return Object.entries(table).map(([name, fault]) => ({ ...fault, rule, name }));
}
