import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import { invalidCursor } from '../../http/cursor.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { etagOf, matchesStrongly, matchesWeakly } from '../../http/etag.ts';
import { toInstant } from '../../http/instants.ts';
import { appointmentsPages } from './appointments.pages.ts';
import { counterpartErrors, counterpartProperty, type Appointment } from './appointments.rules.ts';
import * as service from './appointments.service.ts';
import { appointmentText, appointmentView } from './appointments.view.ts';
import { calendarOf } from './calendar.ts';
import { jsonHash } from './request-hash.ts';

export async function appointmentsRoutes(app: FastifyInstance): Promise<void> {
  const pages = appointmentsPages(app.cursors);

  app.route<Documented<'createAppointment'>>({
    ...documented('createAppointment', (request) => counterpartErrors(callerOf(request).account.role, request.body)),
    handler: async (request, reply) => {
      const { answer, isReplayed } = await service.createAppointment(app.db, newAppointmentOf(request), request.now);
      if (isReplayed) reply.header('idempotency-replayed', 'true');
      reply.code(answer.status).header('location', answer.location).header('etag', answer.etag);
      return sendJson(reply, answer.body);
    },
  });

  app.route<Documented<'listAppointments'>>({
    ...documented('listAppointments', (request) => (pages.hasForeignCursor(request) ? [invalidCursor] : [])),
    handler: async (request) => {
      const { items, hasMore } = await service.listAppointments(app.db, pages.queryOf(request), request.now);
      const nextCursor = hasMore ? pages.cursorAfter(request, items) : null;
      return { items: items.map((appointment) => appointmentView(appointment, request.now)), nextCursor };
    },
  });

  app.route<Documented<'getAppointment'>>({
    ...documented('getAppointment'),
    handler: async (request, reply) => {
      const appointment = await service.getAppointment(app.db, appointmentOf(request), request.now);
      const text = appointmentText(appointment, request.now);
      const etag = etagOf(text);
      reply.header('etag', etag);
      if (matchesWeakly(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return sendJson(reply, text);
    },
  });

  app.route<Documented<'cancelAppointment'>>({
    ...documented('cancelAppointment'),
    handler: async (request, reply) => {
      const input = {
        ...appointmentOf(request),
        reason: request.body?.reason ?? null,
        isExpected: (appointment: Appointment) =>
          matchesStrongly(request.headers['if-match'], etagOf(appointmentText(appointment, request.now))),
      };
      return sendAppointment(reply, await service.cancelAppointment(app.db, input, request.now), request.now);
    },
  });

  app.route<Documented<'getAppointmentCalendar'>>({
    ...documented('getAppointmentCalendar'),
    handler: async (request, reply) => {
      const appointment = await service.getAppointmentCalendar(app.db, appointmentOf(request), request.now);
      return reply.type('text/calendar; charset=utf-8').send(calendarOf(appointment, request.now));
    },
  });
}

/** Answers with an appointment and the entity tag of exactly that text. */
export function sendAppointment(reply: FastifyReply, appointment: Appointment, now: Date): FastifyReply {
  const text = appointmentText(appointment, now);
  return sendJson(reply.header('etag', etagOf(text)), text);
}

function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text);
}

function appointmentOf(request: FastifyRequest<{ Params: { appointmentId: string } }>) {
  return { account: callerOf(request).account, appointmentId: request.params.appointmentId };
}

function newAppointmentOf(request: FastifyRequest<Documented<'createAppointment'>>): service.NewAppointmentInput {
  const { account } = callerOf(request);
  const { body, now } = request;
  const key = request.headers['idempotency-key'];
  return {
    account,
    counterpartId: (body[counterpartProperty(account.role)] ?? '').toLowerCase(),
    startsAt: toInstant(body.startsAt),
    durationMinutes: body.durationMinutes,
    reason: body.reason ?? null,
    idempotency: typeof key === 'string' ? { key, requestHash: jsonHash(body) } : undefined,
    answer: (appointment) => {
      const text = appointmentText(appointment, now);
      return { status: 201, location: `/v1/appointments/${appointment.id}`, etag: etagOf(text), body: text };
    },
  };
}
