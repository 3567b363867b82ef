import type { Router } from 'express';
import { sendJson, sendNothing } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { sendAppointment } from '../appointments/appointments.routes.ts';
import { endCall, keepPresence, leaveCall } from './calls.service.ts';
import { joinCall } from './join.service.ts';
import { placesOfSignalData } from './signals.rules.ts';
import { sendSignal } from './signals.service.ts';

/** The video call of an appointment. */
export function callsRoutes({ operations: { operation }, db, provider }: RouteMeans): Router {
  const router = newRouter();

  router.post(
    '/v1/appointments/:appointmentId/call/join',
    operation('joinCall', async ({ caller, path, now }, response) => {
      const input = { caller, appointmentId: path.appointmentId, provider };
      sendJson(response, 200, await joinCall(db(), input, now));
    }),
  );

  router.put(
    '/v1/appointments/:appointmentId/call/presence',
    operation('keepPresence', async ({ caller, path, body, now }, response) => {
      const input = {
        caller,
        appointmentId: path.appointmentId,
        provider,
        connectionId: body.connectionId.toLowerCase(),
      };
      await keepPresence(db(), input, now);
      sendNothing(response, 204);
    }),
  );

  router.post(
    '/v1/appointments/:appointmentId/call/leave',
    operation('leaveCall', async ({ caller, path, body, now }, response) => {
      const input = { caller, appointmentId: path.appointmentId, connectionId: body.connectionId.toLowerCase() };
      await leaveCall(db(), input, now);
      sendNothing(response, 204);
    }),
  );

  router.post(
    '/v1/appointments/:appointmentId/call/end',
    operation('endCall', async ({ caller, path, now }, response, request) => {
      const appointment = await endCall(db(), { caller, appointmentId: path.appointmentId, provider }, now);
      sendAppointment(request, response, appointment, now);
    }),
  );

  router.post(
    '/v1/appointments/:appointmentId/call/signals',
    operation(
      'sendSignal',
      async ({ caller, path, body, now }, response) => {
        const { epoch, type, data } = body;
        const connectionId = body.connectionId.toLowerCase();
        const clientId = body.clientId.toLowerCase();
        const { appointmentId } = path;
        await sendSignal(db(), { caller, appointmentId, provider, connectionId, clientId, epoch, type, data }, now);
        sendNothing(response, 202);
      },
      ({ body }) => placesOfSignalData(body),
    ),
  );

  return router;
}
