import { Problem, type ValidationError } from '../../problem.ts';
import { escapePointer } from '../../http/query-string.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { checkPresence } from './calls.rules.ts';
import type { Participant, ProviderName } from './calls.state.ts';

const MOST_BYTES = 32_768;
const MOST_DEPTH = 32;
const BAD_TEXT = /[\u0000\p{Cs}]/u;

/**
 * What the schema cannot say about a signal's data: how long and how deep it is, and what its texts may hold.
 * @rule calls/signals
 */
export function signalErrors(body: unknown): ValidationError[] {
  if (typeof body !== 'object' || body === null || !('data' in body)) return [];
  const { data } = body;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  const errors = [...placesIn(data)];
  if (errors.some((error) => error.rule === 'x-max-json-depth')) return errors;
  if (Buffer.byteLength(JSON.stringify(data)) > MOST_BYTES) {
    errors.push(dataError('/data', 'x-max-json-bytes', `is over ${MOST_BYTES} bytes of JSON text`));
  }
  return errors;
}

// A list of what is still to be looked at instead of recursion: the depth comes from outside.
function* placesIn(data: object): Generator<ValidationError> {
  const open: { pointer: string; value: unknown; depth: number }[] = [{ pointer: '/data', value: data, depth: 1 }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { pointer, value, depth } = place;
    if (typeof value === 'string' && BAD_TEXT.test(value)) yield textError(pointer);
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MOST_DEPTH) {
      yield dataError('/data', 'x-max-json-depth', `is nested more than ${MOST_DEPTH} deep`);
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      const own = `${pointer}/${escapePointer(name)}`;
      if (BAD_TEXT.test(name)) yield textError(own);
      open.push({ pointer: own, value: member, depth: depth + 1 });
    }
  }
}

function textError(pointer: string): ValidationError {
  return dataError(pointer, 'pattern', 'holds U+0000 or a lone surrogate');
}

function dataError(pointer: string, rule: string, message: string): ValidationError {
  return { in: 'body', pointer, rule, message };
}

export function checkProvider(provider: ProviderName): void {
  if (provider === 'peer') return;
  throw new Problem('wrong-provider', 'This installation carries video by Twilio, which needs no signals from here.');
}

/**
 * Whether a signal of this connection is passed on.
 * @rule calls/signals
 */
export function checkSignal(
  appointment: Appointment,
  own: Participant | undefined,
  signal: { connectionId: string; isKnown: boolean; epoch: number },
  now: Date,
): void {
  const { connectionId: id, isKnown, epoch } = signal;
  checkPresence(appointment, own, { id, isKnown }, now);
  if (epoch === appointment.call.epoch) return;
  throw new Problem(
    'stale-epoch',
    `The present epoch is ${appointment.call.epoch}; wait for its offer, or join again.`,
  );
}
