import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from './actors.ts';
import { on } from './bookings.ts';
import type { SuccessBody } from './driver/answer.ts';
import { simultaneously } from './rule.ts';

export type Message = SuccessBody<'sendMessage'>;

/**
 * Sends a message in the appointment.
 * @throws AssertionError when it is not taken as a new one
 */
export async function say(
  person: Person,
  appointment: { id: string },
  body = 'How do you do?',
  clientId: string = randomUUID(),
): Promise<Message> {
  const answer = await person.send('sendMessage', { path: on(appointment), body: { clientId, body } });
  expect(answer.status, `sendMessage: ${answer.text}`).toBe(201);
  return answer.body;
}

/** How many send at the same time in `sayTogether`; more of them wait longer for the conversation's lock. */
export const WRITERS = 4;

/**
 * Lets both people write at the same time: writers of each by turns, on all replicas, of which every one sends its
 * messages one after the other.
 * @returns what each writer sent, in its order.
 */
export function sayTogether(
  people: readonly [Person, Person],
  appointment: { id: string },
  { each, body }: { each: number; body: (writer: number, index: number) => string },
): Promise<Message[][]> {
  return simultaneously(WRITERS, async (writer) => {
    const person = (writer % 2 === 0 ? people[0] : people[1]).on(writer >> 1);
    const own: Message[] = [];
    for (let index = 0; index < each; index += 1) own.push(await say(person, appointment, body(writer, index)));
    return own;
  });
}

/**
 * A page of the appointment's messages, the newest 100 unless asked otherwise.
 * @throws AssertionError when it is refused
 */
export async function read(
  person: Person,
  appointment: { id: string },
  query: Record<string, string | number> = { limit: 100 },
): Promise<SuccessBody<'listMessages'>> {
  const answer = await person.send('listMessages', { path: on(appointment), query });
  expect(answer.status, `listMessages: ${answer.text}`).toBe(200);
  return answer.body;
}

/** How many messages are unread, by appointment id. */
export async function unread(person: Person): Promise<Record<string, number>> {
  const answer = await person.send('getUnreadCounts');
  expect(answer.status, `getUnreadCounts: ${answer.text}`).toBe(200);
  return Object.fromEntries(answer.body.items.map(({ appointmentId, count }) => [appointmentId, count]));
}

/**
 * Moves the person's read mark to this message.
 * @throws AssertionError when that is refused
 */
export async function markRead(person: Person, appointment: { id: string }, message: { id: string }): Promise<void> {
  const answer = await person.send('markMessagesRead', { path: on(appointment), body: { upTo: message.id } });
  expect(answer.status, `markMessagesRead: ${answer.text}`).toBe(204);
}
