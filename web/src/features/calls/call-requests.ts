import { call } from '../../api/client.ts';
import { startHeartbeat } from '../../api/heartbeat.ts';
import type { ApiClient } from '../../api/schema.ts';
import type { CallSessionOptions } from '../../call/call-session.ts';
import { isConnected, otherPerson, type Appointment } from '../appointments/appointment.ts';
import type { CallChannel } from './use-call-channel.ts';

type Requests = Pick<
  CallSessionOptions,
  'join' | 'leaveCall' | 'sendSignal' | 'onSignal' | 'onCallEvent' | 'isOtherConnected' | 'heartbeat'
> & { end(): Promise<Appointment> };

/** A session's way to the outside: the operations of one call, and what the stream tells of it. */
export function callRequests(
  client: ApiClient,
  channel: CallChannel,
  { appointmentId, accountId }: { appointmentId: string; accountId: string },
): Requests {
  const params = { path: { appointmentId } };

  return {
    join: () => call(client.POST('/v1/appointments/{appointmentId}/call/join', { params })),
    async leaveCall(connectionId) {
      await call(client.POST('/v1/appointments/{appointmentId}/call/leave', { params, body: { connectionId } }));
    },
    async sendSignal(body) {
      await call(client.POST('/v1/appointments/{appointmentId}/call/signals', { params, body }));
    },
    onSignal: (handler) => channel.signals.listen(handler),
    onCallEvent: (handler) => channel.events.listen(handler),
    async isOtherConnected() {
      const appointment = await call(client.GET('/v1/appointments/{appointmentId}', { params }));
      return isConnected(appointment, otherPerson(appointment, accountId).id);
    },
    heartbeat: (connectionId, onRefused) => startHeartbeat({ appointmentId, connectionId, onRefused }),
    end: () => call(client.POST('/v1/appointments/{appointmentId}/call/end', { params })),
  };
}
