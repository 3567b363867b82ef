import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from './actors.ts';
import { on } from './bookings.ts';
import type { EventStream, StreamEvent } from './driver/event-stream.ts';
import { within } from './rule.ts';

/**
 * Sends a message in the appointment and waits until it has come on the stream.
 * @returns what had come before it, and nothing of it is missing: events keep their order
 * @throws Error when it does not come within 10 s
 */
export async function toldUntilNow(
  stream: EventStream,
  sender: Person,
  appointment: { id: string },
): Promise<StreamEvent[]> {
  const body = { clientId: randomUUID(), body: 'Is that all?' };
  const sent = await sender.send('sendMessage', { path: on(appointment), body });
  expect(sent.status, `sendMessage: ${sent.text}`).toBe(201);
  const isMark = ({ event, data }: StreamEvent): boolean =>
    event === 'message.created' && JSON.stringify(data).includes(sent.body.id);
  const { value } = await within(10, 'the event of a message', async () => stream.events.find(isMark));
  return stream.events.slice(0, stream.events.indexOf(value));
}
