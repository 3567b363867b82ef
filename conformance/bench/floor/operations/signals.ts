import type { components } from '@duet/contract/types';
import type { Reply } from '../http/reply.ts';
import { noStore } from '../http/reply.ts';
import { requireCaller } from '../http/caller.ts';
import { fieldError } from '../http/validation.ts';
import type { Visit } from '../http/visit.ts';
import { writeInstant } from '../instants.ts';
import { type FieldError, invalid } from '../problem.ts';
import { insertSignal, tell } from '../statements/appointments.ts';
import { refusal, requireConnection, withCall } from './call-transaction.ts';

type Signal = components['schemas']['SendSignalRequest'];

const longest = 32_768;
const deepest = 32;

const taken: Reply = { status: 202, type: null, body: '', headers: noStore };

export async function sendSignal(visit: Visit): Promise<Reply> {
  const { connectionId, epoch, type, data, ...sent } = visit.body as Signal;
  const errors = checkSignal(visit);
  if (errors.length > 0) {
    await requireCaller(visit);
    throw invalid(errors);
  }
  const clientId = sent.clientId.toLowerCase();
  return withCall(visit, async (work) => {
    const { row, callerId, now, query } = work;
    const connection = requireConnection(work, connectionId);
    if (epoch !== row.call.epoch) throw refusal('stale-epoch');
    const inserted = await query(insertSignal, [row.id, callerId, clientId]);
    if (inserted.length === 0) return taken;
    const other = callerId === row.doctor_id ? row.user_id : row.doctor_id;
    const event = {
      appointmentId: row.id,
      senderId: callerId,
      clientId,
      connectionId: connection.id,
      epoch,
      type,
      data,
    };
    const text = JSON.stringify({ at: writeInstant(now), ...event });
    await query(tell, [`{${other}}`, 'call.signal', text, now, row.id]);
    return taken;
  });
}

export function checkSignal({ body }: Visit): FieldError[] {
  const { data } = (body ?? {}) as Partial<Signal>;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  if (isDeeper(data, deepest)) return [fieldError('body', '/data', 'maxDepth', 'is more than 32 deep')];
  if (Buffer.byteLength(JSON.stringify(data)) > longest) {
    return [fieldError('body', '/data', 'maxLength', 'is longer than 32,768 bytes')];
  }
  const isBroken = textsOf(data).some((text) => text.includes('\0') || !text.isWellFormed());
  return isBroken ? [fieldError('body', '/data', 'pattern', 'holds U+0000 or a lone surrogate')] : [];
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsOf(member)]);
}
