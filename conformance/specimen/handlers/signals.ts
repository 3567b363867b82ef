import { callStateOf } from '../call-state.ts';
import type { CallerContext, CallerHandler, Check } from '../context.ts';
import { Refusal, type Reply } from '../reply.ts';
import { place } from '../validation.ts';
import { ownAppointment, tellPeople } from '../views.ts';
import { namedConnection, presenceDetails } from './calls.ts';

type Signal = { clientId: string; connectionId: string; epoch: number; type: string; data: Record<string, unknown> };

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsOf(member)]);
};

export const checkSignal: Check<CallerContext> = ({ body }) => {
  const data: unknown = Reflect.get(Object(body), 'data');
  if (typeof data !== 'object' || data === null) return [];
  if (depthOf(data) > 32) return [place('body', '/data', 'maxDepth', 'is more than 32 deep')];
  if (Buffer.byteLength(JSON.stringify(data)) > 32_768) {
    return [place('body', '/data', 'maxLength', 'is longer than 32,768 bytes')];
  }
  const isBroken = textsOf(data).some((text) => text.includes('\0') || !text.isWellFormed());
  return isBroken ? [place('body', '/data', 'pattern', 'holds U+0000 or a lone surrogate')] : [];
};

export const sendSignal: CallerHandler = (context) => {
  const { behaviour, world, caller } = context;
  const appointment = ownAppointment(context, 'sendSignal');
  const { clientId, epoch, type, data } = context.body as Signal;
  const connection = refuseSignal(context, epoch);
  const taken: Reply = { status: 202, headers: {}, body: '' };
  const key = behaviour.signalKey(appointment.id, caller.id, behaviour.readId(clientId));
  if (behaviour.isSignalRepeated(world.signals, key)) return taken;
  world.signals.add(key);
  tellPeople(context, appointment, {
    event: 'call.signal',
    data: {
      appointmentId: appointment.id,
      senderId: caller.id,
      clientId: behaviour.readId(clientId),
      connectionId: connection,
      epoch,
      type,
      data,
    },
  });
  return taken;
};

/** @returns the sender's connection */
function refuseSignal(context: CallerContext, epoch: number): string {
  const { behaviour, now } = context;
  const appointment = ownAppointment(context, 'sendSignal');
  const connection = namedConnection(context, appointment);
  const state = callStateOf(behaviour, appointment, now);
  const refusal = behaviour.presenceRefusal({
    status: behaviour.statusOf(appointment, now),
    isOwn: connection !== undefined,
    isOfLivingRoom: connection?.roomName === state.livingRoom,
    isNewest: connection !== undefined && state.newest.get(connection.accountId) === connection,
    hasLeft: connection !== undefined && connection.leftAt !== null,
  });
  if (refusal || !connection) throw new Refusal(refusal ?? 'not-joined', presenceDetails[refusal ?? 'not-joined']);
  if (behaviour.isEpochStale(epoch, appointment.call.epoch)) {
    throw new Refusal('stale-epoch', 'The signal belongs to another attempt; wait for the next offer.');
  }
  return connection.id;
}
