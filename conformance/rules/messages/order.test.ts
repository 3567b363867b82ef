import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, on } from '../../src/bookings.ts';
import { type Message, read, say, sayTogether, WRITERS } from '../../src/conversation.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening, told } from '../../src/listening.ts';
import { rule, warmUp } from '../../src/rule.ts';

type Conversation = { appointment: Appointment; messages: Message[] };

rule('messages/order', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  let made: Promise<Conversation> | undefined;

  /** 25 messages of both in turns, by turns over the replicas; none is sent in it afterwards. */
  function conversation(): Promise<Conversation> {
    made ??= (async () => {
      const appointment = await book(user, doctor, { startsAt: fromNow({ days: 1 }) });
      const messages: Message[] = [];
      for (let index = 0; index < 25; index += 1) {
        const sender = (index % 3 === 0 ? doctor : user).on(index % 2);
        messages.push(await say(sender, appointment, `Message ${index}`));
      }
      return { appointment, messages };
    })();
    return made;
  }

  function list(person: Person, appointment: Appointment, query: Record<string, string>): Promise<Answer> {
    return person.send('listMessages', { path: on(appointment), query });
  }

  test('gives the newest 20, the oldest first, to both alike', async () => {
    const { appointment, messages } = await conversation();
    for (const person of [user, doctor, user.on(1), doctor.on(1)]) {
      expect(await read(person, appointment, {})).toEqual({ items: messages.slice(5), hasMore: true });
      expect(await read(person, appointment, { limit: 100 })).toEqual({ items: messages, hasMore: false });
      expect(await read(person, appointment, { limit: 25 })).toEqual({ items: messages, hasMore: false });
      expect(await read(person, appointment, { limit: 24 })).toEqual({ items: messages.slice(1), hasMore: true });
      expect(await read(person, appointment, { limit: 1 })).toEqual({ items: messages.slice(24), hasMore: true });
    }
  });

  test('gives those just before a message', async () => {
    const { appointment, messages } = await conversation();
    const before = (index: number, limit?: number) =>
      read(doctor, appointment, { before: messages[index]?.id ?? '', ...(limit && { limit }) });
    expect(await before(10, 3)).toEqual({ items: messages.slice(7, 10), hasMore: true });
    expect(await before(24)).toEqual({ items: messages.slice(4, 24), hasMore: true });
    expect(await before(20)).toEqual({ items: messages.slice(0, 20), hasMore: false });
    expect(await before(3, 3)).toEqual({ items: messages.slice(0, 3), hasMore: false });
    expect(await before(4, 3)).toEqual({ items: messages.slice(1, 4), hasMore: true });
    expect(await before(0, 100)).toEqual({ items: [], hasMore: false });
    const inCapitals = await read(user.on(1), appointment, { before: (messages[2]?.id ?? '').toUpperCase() });
    expect(inCapitals).toEqual({ items: messages.slice(0, 2), hasMore: false });
  });

  test('gives those just after a message', async () => {
    const { appointment, messages } = await conversation();
    const after = (index: number, limit?: number) =>
      read(user, appointment, { after: messages[index]?.id ?? '', ...(limit && { limit }) });
    expect(await after(10, 3)).toEqual({ items: messages.slice(11, 14), hasMore: true });
    expect(await after(0)).toEqual({ items: messages.slice(1, 21), hasMore: true });
    expect(await after(4)).toEqual({ items: messages.slice(5), hasMore: false });
    expect(await after(21, 3)).toEqual({ items: messages.slice(22), hasMore: false });
    expect(await after(20, 3)).toEqual({ items: messages.slice(21, 24), hasMore: true });
    expect(await after(24, 100)).toEqual({ items: [], hasMore: false });
    const inCapitals = await read(doctor.on(1), appointment, { after: (messages[22]?.id ?? '').toUpperCase() });
    expect(inCapitals).toEqual({ items: messages.slice(23), hasMore: false });
  });

  test('walks backwards and forwards over all of them', async () => {
    const { appointment, messages } = await conversation();
    const back: Message[] = [...(await read(user, appointment, { limit: 7 })).items];
    const forth: Message[] = messages.slice(0, 1);
    for (let more = true; more;) {
      const page = await read(user.on(1), appointment, { limit: 7, before: back[0]?.id ?? '' });
      back.unshift(...page.items);
      more = page.hasMore;
    }
    for (let more = true; more;) {
      const page = await read(doctor, appointment, { limit: 7, after: forth.at(-1)?.id ?? '' });
      forth.push(...page.items);
      more = page.hasMore;
    }
    expect(back).toEqual(messages);
    expect(forth).toEqual(messages);
  });

  test('is empty where nothing was sent', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    expect(await read(user, appointment, {})).toEqual({ items: [], hasMore: false });
  });

  test('refuses before and after together, and names both', async () => {
    const { appointment, messages } = await conversation();
    const [before, after] = [messages[20]?.id ?? '', messages[2]?.id ?? ''];
    for (const query of [
      { before, after },
      { before: randomUUID(), after: randomUUID() },
    ]) {
      const refused = await list(user, appointment, query);
      expect(refused).toBeProblem(400, 'validation-failed');
      const places = new Set(refused.problem.errors.map((place) => `${place.in} ${place.pointer}`));
      expect([...places].sort()).toEqual(['query /after', 'query /before']);
    }
  });

  test('refuses limits out of 1-100, and what is no id', async () => {
    const { appointment } = await conversation();
    const cases: Record<string, string>[] = [{ limit: '0' }, { limit: '101' }, { limit: '-1' }, { limit: 'many' }];
    for (const query of [...cases, { before: 'first' }, { after: '0' }]) {
      const refused = await list(user, appointment, query);
      expect(refused, JSON.stringify(query)).toBeProblem(400, 'validation-failed');
      expect(refused.problem.errors[0]).toMatchObject({ in: 'query', pointer: `/${Object.keys(query)[0]}` });
    }
  });

  test('refuses the id of no message here', async () => {
    const { appointment } = await conversation();
    const other = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    const elsewhere = await say(user, other, 'Elsewhere');
    for (const id of [randomUUID(), elsewhere.id, elsewhere.clientId, appointment.id]) {
      expect(await list(user, appointment, { before: id })).toBeProblem(422, 'unknown-message');
      expect(await list(doctor, appointment, { after: id })).toBeProblem(422, 'unknown-message');
    }
  });

  test('is the order of sending, whatever the clock says', { needs: ['clock'] }, async () => {
    const now = later(fromNow({ hours: 1 }), { ms: 5 });
    const appointment = await book(user, doctor, { startsAt: now });
    const sent: Message[] = [];
    for (const minutes of [5, 1, 3, 3, 0, 4])
      sent.push(await say(user.at(later(now, { minutes })), appointment, `Minute ${minutes}`));
    expect((await read(doctor, appointment)).items).toEqual(sent);
    const page = await read(doctor, appointment, { after: sent[0]?.id ?? '', limit: 2 });
    expect(page).toEqual({ items: sent.slice(1, 3), hasMore: true });
  });

  test('is one for both however simultaneously they send', async ({ target }) => {
    await warmUp(target, WRITERS);
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 4 }) });
    const first = await say(user, appointment, 'Ready?');
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (ofUser, ofDoctor) => {
      const walked: Message[] = [first];
      let isSending = true;
      const walk = async (): Promise<void> => {
        for (let last = false; !last;) {
          last = !isSending;
          const page = await read(doctor.on(1), appointment, { after: walked.at(-1)?.id ?? '' });
          walked.push(...page.items);
          last &&= !page.hasMore;
        }
      };
      const walking = walk();
      const body = (writer: number, index: number): string => `${writer} ${index}`;
      const sent = await sayTogether([user, doctor], appointment, { each: 16, body });
      isSending = false;
      await walking;
      const { items } = await read(user, appointment);
      expect(items).toHaveLength(65);
      expect(await read(doctor.on(1), appointment)).toEqual({ items, hasMore: false });
      expect(walked, 'a walk by after misses none').toEqual(items);
      for (const own of sent) expect(items.filter(({ id }) => own.some((message) => message.id === id))).toEqual(own);
      for (const stream of [ofUser, ofDoctor]) {
        const events = await told(stream, 64);
        expect(events.map(({ data }) => data)).toEqual(
          items.slice(1).map((message) => ({ at: message.sentAt, message })),
        );
      }
    });
  });
});
