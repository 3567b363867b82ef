import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { documented, type Documented } from '../../http/documented.ts';
import type { RoomProvider } from '../../video/room-provider.ts';
import { sendAppointment } from '../appointments/appointments.routes.ts';
import type { CallInput, ConnectionInput } from './calls.access.ts';
import { endCall, joinCall, keepPresence, leaveCall } from './calls.service.ts';
import { signalErrors } from './signals.rules.ts';
import { sendSignal } from './signals.service.ts';

export async function callsRoutes(app: FastifyInstance, { provider }: { provider: RoomProvider }): Promise<void> {
  app.route<Documented<'joinCall'>>({
    ...documented('joinCall'),
    handler: async (request) => joinCall(app.db, { ...callOf(request), provider }, request.now),
  });

  app.route<Documented<'keepPresence'>>({
    ...documented('keepPresence'),
    handler: async (request, reply) => {
      await keepPresence(app.db, connectionOf(request, provider), request.now);
      return reply.code(204).send();
    },
  });

  app.route<Documented<'leaveCall'>>({
    ...documented('leaveCall'),
    handler: async (request, reply) => {
      await leaveCall(app.db, connectionOf(request, provider), request.now);
      return reply.code(204).send();
    },
  });

  app.route<Documented<'endCall'>>({
    ...documented('endCall'),
    handler: async (request, reply) => {
      const appointment = await endCall(app.db, { ...callOf(request), provider }, request.now);
      return sendAppointment(reply, appointment, request.now);
    },
  });

  app.route<Documented<'sendSignal'>>({
    ...documented('sendSignal', ({ body }) => signalErrors(body)),
    handler: async (request, reply) => {
      const { clientId, ...signal } = request.body;
      const input = { ...connectionOf(request, provider), signal: { ...signal, clientId: clientId.toLowerCase() } };
      await sendSignal(app.db, input, request.now);
      return reply.code(202).send();
    },
  });
}

function callOf(request: FastifyRequest<Documented<'joinCall'>>): CallInput {
  return { account: callerOf(request).account, appointmentId: request.params.appointmentId };
}

function connectionOf(
  request: FastifyRequest<Documented<'keepPresence'> | Documented<'sendSignal'>>,
  provider: RoomProvider,
): ConnectionInput {
  const { account } = callerOf(request);
  const connectionId = request.body.connectionId.toLowerCase();
  return { account, appointmentId: request.params.appointmentId, connectionId, provider };
}
