import type { OperationId } from '../src/driver/answer.ts';

/** The people of a sequence; an account is made for each when it is first spoken of. */
export const cast = ['user 1', 'doctor 1', 'user 2', 'doctor 2'] as const;
export type Somebody = (typeof cast)[number];
export type Who = Somebody | 'nobody';
/** Whose account is made by a step, and not because it is needed. */
export type Newcomer = 'newcomer' | 'second newcomer';

/**
 * What a value stands for on each system: `newest` counts from the newest, which is 0, back, and always modulo what there is, so that a step left out before it leaves a sequence that can still be performed.
 */
export type Reference =
  | { $: 'account'; who: Somebody }
  | { $: 'appointment'; newest: number }
  | { $: 'message'; newest: number }
  /** A connection of the appointment in the path: the sender's own, the other's, or one of nobody. */
  | { $: 'connection'; of: 'own' | 'other' | 'nobody'; newest: number }
  | { $: 'epoch'; more: number }
  | { $: 'etag'; newest: number; form: EtagForm }
  | { $: 'foreign cursor' }
  /** Milliseconds after the beginning of the sequence, or after the present of its clock. */
  | { $: 'instant'; from: 'beginning' | 'now'; ms: number }
  /** Milliseconds after an appointment's start or end; after the beginning where there is none. */
  | { $: 'edge'; of: 'start' | 'end'; newest: number; ms: number }
  | { $: 'client id'; nth: number; isUpperCase: boolean }
  | { $: 'unknown id' }
  | { $: 'email'; of: Somebody | 'stranger' | Newcomer; spelling: 'as given' | 'upper case' | 'spaced' }
  | { $: 'password'; isRight: boolean }
  | { $: 'invite code'; form: InviteForm }
  /** What is in every name of this sequence on this system. */
  | { $: 'mark' }
  /** Text that only this sequence has on this system. */
  | { $: 'name'; text: string };
export type InviteForm = 'right' | 'wrong' | 'longer' | 'spaced' | 'other case';
export type EtagForm = 'alone' | 'weak' | 'in a list' | 'any';

export type Operand = string | number | boolean | Reference | { [member: string]: Operand };
export type Operands = Record<string, Operand>;

/** How the clock goes on before a step: by a span, or to a boundary of an appointment, plus or minus a millisecond. */
export type Wait =
  { for: number } | { until: 'opening' | 'start' | 'end' | 'over'; appointment: number; off: -1 | 0 | 1 };

export type Step = {
  who: Who;
  operation: OperationId;
  wait: Wait | null;
  /** 0: the newest session that is good, made for the step if there is none; else the nth of all. */
  session: number;
  replica: number;
  /** How often it is sent, one after the other. */
  times: number;
  path: Operands;
  query: Operands;
  headers: Operands;
  body: Operands | null;
};

const plain = { wait: null, session: 0, replica: 0, times: 1, path: {}, query: {}, headers: {}, body: null };

/** A step that says no more than it must. */
export function step(who: Who, operation: OperationId, rest: Partial<Step> = {}): Step {
  return { ...plain, who, operation, ...rest };
}
