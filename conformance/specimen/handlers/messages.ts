import { randomUUID } from 'node:crypto';
import type { CallerContext, CallerHandler, Check } from '../context.ts';
import { json, noContent, Refusal } from '../reply.ts';
import { place } from '../validation.ts';
import { ownAppointment, tellPeople } from '../views.ts';
import type { Appointment, Message } from '../world.ts';

const messagesOf = ({ world }: CallerContext, { id }: Appointment): Message[] => {
  const messages = world.messages.get(id) ?? [];
  world.messages.set(id, messages);
  return messages;
};

const shown = ({ behaviour }: CallerContext, message: Message) => ({
  ...message,
  sentAt: behaviour.writeInstant(message.sentAt),
});

export const sendMessage: CallerHandler = (context) => {
  const { behaviour, world, caller, now } = context;
  const appointment = ownAppointment(context, 'sendMessage');
  const body = context.body as { clientId: string; body: string };
  const clientId = behaviour.readId(body.clientId);
  const messages = messagesOf(context, appointment);
  const known = messages.find((message) => behaviour.isSameMessage(message, caller.id, clientId));
  if (known && behaviour.knownClientIdFirst()) return repeated(context, known, body.body);
  refuseCancelled(context, appointment);
  if (known) return repeated(context, known, body.body);
  const message: Message = {
    id: randomUUID(),
    appointmentId: appointment.id,
    clientId,
    senderId: caller.id,
    body: behaviour.keptText(body.body),
    sentAt: now,
  };
  messages.push(message);
  if (behaviour.marksOnSend()) world.readMarks.set(`${appointment.id} ${caller.id}`, messages.length - 1);
  tellPeople(context, appointment, { event: 'message.created', data: { message: shown(context, message) } });
  return json(201, shown(context, message));
};

function repeated(context: CallerContext, known: Message, body: string) {
  const { behaviour } = context;
  if (behaviour.isSameText(known, body)) return json(behaviour.repeatStatus(), shown(context, known));
  throw new Refusal('client-id-reused', 'You sent another text with this clientId; use a new one.');
}

function refuseCancelled({ behaviour, now }: CallerContext, appointment: Appointment): void {
  if (behaviour.mayMessage(behaviour.statusOf(appointment, now))) return;
  throw new Refusal('appointment-cancelled', 'The appointment was cancelled; book another one.');
}

export const checkListMessages: Check<CallerContext> = ({ query }) =>
  query['before'] === undefined || query['after'] === undefined
    ? []
    : ['/before', '/after'].map((pointer) => place('query', pointer, 'oneOf', 'excludes the other'));

export const listMessages: CallerHandler = (context) => {
  const { behaviour, query } = context;
  const appointment = ownAppointment(context, 'listMessages');
  const messages = messagesOf(context, appointment);
  const limit = behaviour.messageLimit(query['limit'] as number | undefined);
  const { before, after } = query;
  if (after !== undefined) {
    const first = behaviour.firstAfter(indexOf(context, messages, String(after)));
    const items = messages.slice(first, first + limit);
    return json(200, { items: items.map((one) => shown(context, one)), hasMore: messages.length > first + limit });
  }
  const end =
    before === undefined ? messages.length : behaviour.firstBefore(indexOf(context, messages, String(before)));
  const items = behaviour.itemsBefore(messages, end, limit);
  return json(200, { items: items.map((one) => shown(context, one)), hasMore: end > limit });
};

function indexOf({ behaviour }: CallerContext, messages: Message[], id: string): number {
  const index = messages.findIndex((message) => message.id === behaviour.readId(id));
  if (index < 0 && behaviour.isUnknownRefused())
    throw new Refusal('unknown-message', 'This appointment has no message with this id.');
  return index;
}

const markOf = ({ behaviour, world, caller }: CallerContext, { id }: Appointment) =>
  world.readMarks.get(`${id} ${behaviour.markOwner(caller.id)}`) ?? -1;

export const markMessagesRead: CallerHandler = (context) => {
  const { behaviour, world, caller } = context;
  const appointment = ownAppointment(context, 'markMessagesRead');
  const messages = messagesOf(context, appointment);
  const asked = indexOf(context, messages, (context.body as { upTo: string }).upTo);
  const present = markOf(context, appointment);
  const mark = behaviour.newerMark(present, asked);
  if (mark === present) return noContent();
  world.readMarks.set(`${appointment.id} ${behaviour.markOwner(caller.id)}`, mark);
  const data = { appointmentId: appointment.id, accountId: caller.id, upTo: messages[mark]?.id };
  tellPeople(context, appointment, { event: 'message.read', data });
  return noContent();
};

export const getUnreadCounts: CallerHandler = (context) => {
  const { behaviour, world, caller } = context;
  const items = [...world.appointments.values()]
    .filter((appointment) => behaviour.listedFor(appointment, caller.id))
    .map((appointment) => ({
      appointmentId: appointment.id,
      count: messagesOf(context, appointment).filter((message, index) =>
        behaviour.isUnread(message, caller.id, index > markOf(context, appointment)),
      ).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => (left.appointmentId < right.appointmentId ? -1 : 1));
  return json(200, { items });
};

export const showTyping: CallerHandler = (context) => {
  const appointment = ownAppointment(context, 'showTyping');
  refuseCancelled(context, appointment);
  const data = { appointmentId: appointment.id, accountId: context.caller.id };
  tellPeople(context, appointment, { event: 'message.typing', data });
  return noContent();
};
