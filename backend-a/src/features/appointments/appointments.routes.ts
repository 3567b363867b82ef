import type { Request, RequestHandler, Response, Router } from 'express';
import { placesOfCursor, type CursorScope } from '../../http/cursor.ts';
import { namesTag } from '../../http/entity-tags.ts';
import { isInstant, toInstant } from '../../http/instants.ts';
import { pageOf } from '../../http/page.ts';
import { sendJson, sendJsonText, sendNothing, sendText } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import type { Appointment } from './appointment.ts';
import { calendarOf } from './appointments.calendar.ts';
import { placesOfCounterpart } from './appointments.rules.ts';
import {
  cancelAppointment,
  createAppointment,
  getAppointment,
  getAppointmentCalendar,
  listAppointments,
  type Booking,
} from './appointments.service.ts';
import { appointmentView, represent } from './appointments.view.ts';

const defaultLimit = 20;

/** One doctor and one user, from a start for some minutes. */
export function appointmentsRoutes(means: RouteMeans): Router {
  const { db } = means;
  const { operation } = means.operations;
  const router = newRouter();

  router.post('/v1/appointments', handleBooking(means));
  router.get('/v1/appointments', handleListing(means));

  router.get(
    '/v1/appointments/:appointmentId',
    operation('getAppointment', async ({ caller, path, now }, response, request) => {
      const input = { appointmentId: path.appointmentId, accountId: caller.accountId };
      sendAppointment(request, response, await getAppointment(db(), input, now), now);
    }),
  );

  router.post(
    '/v1/appointments/:appointmentId/cancel',
    operation('cancelAppointment', async ({ caller, path, body, now }, response, request) => {
      const ifMatch = request.get('If-Match');
      const input = {
        appointmentId: path.appointmentId,
        accountId: caller.accountId,
        reason: body?.reason ?? null,
        isExpected: ({ etag }: { etag: string }) => ifMatch === undefined || namesTag(ifMatch, etag, 'strong'),
      };
      sendAppointment(request, response, await cancelAppointment(db(), input, now), now);
    }),
  );

  router.get(
    '/v1/appointments/:appointmentId/calendar',
    operation('getAppointmentCalendar', async ({ caller, path, now }, response) => {
      const input = { appointmentId: path.appointmentId, accountId: caller.accountId };
      const appointment = await getAppointmentCalendar(db(), input, now);
      sendText(response, 200, 'text/calendar', calendarOf(appointment));
    }),
  );

  return router;
}

/** Answers with an appointment and its tag; to a GET that has it already, with 304. */
export function sendAppointment(request: Request, response: Response, appointment: Appointment, now: Date): void {
  const { text, etag } = represent(appointment, now);
  response.setHeader('ETag', etag);
  const ifNoneMatch = request.method === 'POST' ? undefined : request.get('If-None-Match');
  if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag, 'weak')) return sendNothing(response, 304);
  sendJsonText(response, 200, text);
}

function handleBooking({ operations, db }: RouteMeans): RequestHandler {
  return operations.operation(
    'createAppointment',
    async ({ caller, body, now }, response, request) => {
      const key = request.get('Idempotency-Key');
      const input: Booking = {
        caller,
        counterpartId: (body.doctorId ?? body.userId ?? '').toLowerCase(),
        startsAt: toInstant(body.startsAt),
        durationMinutes: body.durationMinutes,
        reason: body.reason ?? null,
        idempotency: key === undefined ? undefined : { key, body },
      };
      const { answer, isReplay } = await createAppointment(db(), input, now);
      if (isReplay) response.setHeader('Idempotency-Replayed', 'true');
      response.setHeader('Location', `/v1/appointments/${answer.appointmentId}`);
      response.setHeader('ETag', answer.etag);
      sendJsonText(response, 201, answer.text);
    },
    ({ body }, caller) => placesOfCounterpart(caller.role, body),
  );
}

function handleListing({ operations, db, cursors }: RouteMeans): RequestHandler {
  return operations.operation(
    'listAppointments',
    async ({ caller, query, now }, response) => {
      const { status, from, to, limit = defaultLimit, cursor } = query;
      const scope = listScope(caller.accountId, query);
      const [startsAt, id] = (cursor !== undefined && cursors.read(scope, cursor)) || [];
      const input = {
        accountId: caller.accountId,
        status,
        from: from === undefined ? undefined : toInstant(from),
        to: to === undefined ? undefined : toInstant(to),
        after: startsAt !== undefined && id !== undefined ? { startsAt: new Date(startsAt), id } : undefined,
        count: limit + 1,
      };
      const found = await listAppointments(db(), input, now);
      const page = pageOf(found, limit, {
        cursors,
        scope,
        positionOf: (last) => [last.startsAt.toISOString(), last.id],
        show: (appointment) => appointmentView(appointment, now),
      });
      sendJson(response, 200, page);
    },
    ({ query }, caller) => placesOfCursor(cursors, listScope(caller.accountId, query), query['cursor']),
  );
}

function listScope(accountId: string, { status, from, to }: Readonly<Record<string, unknown>>): CursorScope {
  return ['listAppointments', accountId, text(status), text(from), text(to)];
}

/** Two spellings of one instant are one filter. */
function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return isInstant(value) ? toInstant(value).toISOString() : value;
}
