import type { CallerContext, CallerHandler, Check } from '../context.ts';
import type { Status } from '../decisions/appointments.ts';
import { cursorErrors, pageOf, queryOf } from '../pages.ts';
import { json, Refusal } from '../reply.ts';
import { appointmentReply, ownAppointment, shownAppointment, tellAppointment } from '../views.ts';
import { calendarOf } from '../calendar.ts';
import type { Appointment } from '../world.ts';

const listQuery = (context: CallerContext) => {
  const { status = null, from = null, to = null } = context.query;
  return queryOf(context, 'listAppointments', [status, from, to]);
};

export const checkListAppointments: Check<CallerContext> = (context) => cursorErrors(context, listQuery(context));

export const listAppointments: CallerHandler = (context) => {
  const { behaviour, world, query, caller, now } = context;
  const from = query['from'] === undefined ? undefined : behaviour.readInstant(String(query['from']));
  const to = query['to'] === undefined ? undefined : behaviour.readInstant(String(query['to']));
  if (from !== undefined && to !== undefined && !behaviour.isListRangeAllowed(from, to)) {
    throw new Refusal('invalid-range', 'The range ends before it begins; let to be after from.');
  }
  const status = query['status'] as Status | undefined;
  const items = [...world.appointments.values()]
    .filter((appointment) => behaviour.listedFor(appointment, caller.id))
    .filter(({ startsAt }) => behaviour.isInRange(startsAt, from, to))
    .filter((one) => status === undefined || behaviour.matchesStatus(behaviour.statusOf(one, now), status))
    .sort((left, right) => behaviour.compareKeys(behaviour.appointmentKey(left), behaviour.appointmentKey(right)));
  const page = pageOf(context, listQuery(context), { items, keyOf: behaviour.appointmentKey });
  return json(200, { ...page, items: page.items.map((appointment) => shownAppointment(context, appointment)) });
};

export const getAppointment: CallerHandler = (context) => {
  const reply = appointmentReply(context, 200, ownAppointment(context, 'getAppointment'));
  const header = context.headers['if-none-match'];
  const etag = reply.headers['etag'] ?? '';
  if (header === undefined || !context.behaviour.matchesIfNoneMatch(header, etag)) return reply;
  return { status: 304, headers: { etag }, body: '' };
};

export const cancelAppointment: CallerHandler = (context) => {
  const { behaviour, caller, now } = context;
  const appointment = ownAppointment(context, 'cancelAppointment');
  const checks = [refuseStale, refuseCancel];
  for (const check of behaviour.checksIfMatchFirst() ? checks : checks.toReversed()) check(context, appointment);
  const body = context.body as { reason?: string } | undefined;
  const reason = body?.reason === undefined ? undefined : behaviour.keptText(body.reason);
  Object.assign(appointment, behaviour.cancellation(caller.id, now, reason));
  tellAppointment(context, appointment, { event: 'appointment.cancelled' });
  return appointmentReply(context, 200, appointment);
};

function refuseStale(context: CallerContext, appointment: Appointment): void {
  const header = context.headers['if-match'];
  const current = appointmentReply(context, 200, appointment).headers['etag'] ?? '';
  if (header !== undefined && !context.behaviour.matchesIfMatch(header, current)) {
    throw new Refusal('stale-version', 'The appointment has changed since you read it; read it again.');
  }
}

function refuseCancel({ behaviour, caller, now }: CallerContext, appointment: Appointment): void {
  if (behaviour.mayCancel(behaviour.statusOf(appointment, now), appointment, caller)) return;
  throw new Refusal('invalid-transition', 'Only a scheduled appointment can be cancelled, before it ends.');
}

export const getAppointmentCalendar: CallerHandler = (context) => ({
  status: 200,
  headers: { 'content-type': 'text/calendar; charset=utf-8' },
  body: calendarOf(context, ownAppointment(context, 'getAppointmentCalendar')),
});
