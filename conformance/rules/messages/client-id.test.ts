import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, on } from '../../src/bookings.ts';
import { read, say } from '../../src/conversation.ts';
import type { Answer, SuccessBody } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { rule, simultaneously, warmUp } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

rule('messages/client-id', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const bookIn = (days: number) => book(user, doctor, { startsAt: fromNow({ days }) });

  function send(
    person: Person,
    appointment: Appointment,
    clientId: string,
    body = 'Once',
  ): Promise<Answer<SuccessBody<'sendMessage'>>> {
    return person.send('sendMessage', { path: on(appointment), body: { clientId, body } });
  }

  test('answers a repeat with 200 and the first message', async () => {
    const appointment = await bookIn(1);
    const clientId = randomUUID();
    const first = await say(user, appointment, 'Once', clientId);
    await say(doctor, appointment, 'Something between');
    const device = await user.logInAgain();
    const repeats = [
      await send(user, appointment, clientId),
      await send(user.on(1), appointment, clientId),
      await send(device, appointment, clientId.toUpperCase()),
    ];
    for (const repeat of repeats) {
      expect(repeat.status).toBe(200);
      expect(repeat.body).toEqual(first);
    }
    expect((await read(doctor, appointment)).items).toHaveLength(2);
  });

  test('refuses another body under the same clientId', async () => {
    const appointment = await bookIn(2);
    const clientId = randomUUID();
    const first = await say(user, appointment, 'Café', clientId);
    // The last one is the same word in another normalisation: other code points are another body.
    for (const body of ['Tea', 'café', 'Café ', 'Cafe\u0301']) {
      expect(await send(user, appointment, clientId, body), body).toBeProblem(409, 'client-id-reused');
      const inCapitals = await send(user.on(1), appointment, clientId.toUpperCase(), body);
      expect(inCapitals, body).toBeProblem(409, 'client-id-reused');
    }
    expect(await send(user, appointment, clientId, '')).toBeProblem(400, 'validation-failed');
    expect((await send(user, appointment, clientId, 'Café')).body).toEqual(first);
    expect((await read(doctor, appointment)).items).toEqual([first]);
  });

  test('belongs to the appointment and the sender', async () => {
    const [one, other] = [await bookIn(3), await bookIn(4)];
    const clientId = randomUUID();
    const sent = [
      await say(user, one, 'The user in one', clientId),
      await say(doctor, one, 'The doctor in one', clientId),
      await say(user, other, 'The user in the other', clientId),
      await say(doctor, other, 'The doctor in the other', clientId),
    ];
    expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
    expect(sent.map((message) => message.clientId)).toEqual(Array(4).fill(clientId));
    expect((await send(user, one, clientId, 'The user in one')).body).toEqual(sent[0]);
    expect((await send(doctor, one, clientId, 'The doctor in one')).body).toEqual(sent[1]);
    expect(await send(doctor, one, clientId, 'The user in one')).toBeProblem(409, 'client-id-reused');
  });

  test('decides first, also in a cancelled appointment', async () => {
    const appointment = await bookIn(5);
    const clientId = randomUUID();
    const first = await say(user, appointment, 'Once', clientId);
    expect((await doctor.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    const repeat = await send(user, appointment, clientId);
    expect(repeat.status).toBe(200);
    expect(repeat.body).toEqual(first);
    expect(await send(user, appointment, clientId, 'Twice')).toBeProblem(409, 'client-id-reused');
    expect(await send(user, appointment, randomUUID())).toBeProblem(409, 'appointment-cancelled');
    expect(await send(doctor, appointment, clientId)).toBeProblem(409, 'appointment-cancelled');
  });

  test('sends one message for simultaneous repeats', async ({ target }) => {
    await warmUp(target, 6);
    const appointment = await bookIn(6);
    for (let round = 1; round <= 5; round += 1) {
      const clientId = randomUUID();
      const answers = await simultaneously(10, (index) => send(user.on(index), appointment, clientId));
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
      for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
      expect((await read(doctor, appointment)).items).toHaveLength(round);
    }
  });

  test('lets one of simultaneous bodies win', async ({ target }) => {
    await warmUp(target, 6);
    const appointment = await bookIn(7);
    for (let round = 1; round <= 5; round += 1) {
      const clientId = randomUUID();
      const answers = await simultaneously(8, (index) => send(user.on(index), appointment, clientId, `Body ${index}`));
      const [sent, refused] = [
        answers.filter(({ status }) => status === 201),
        answers.filter(({ status }) => status !== 201),
      ];
      expect(sent).toHaveLength(1);
      for (const answer of refused) expect(answer).toBeProblem(409, 'client-id-reused');
      expect((await read(doctor, appointment)).items.at(-1)).toEqual(sent[0]?.body);
      expect((await read(doctor, appointment)).items).toHaveLength(round);
    }
  });

  test('tells of a repeat nothing', async () => {
    const appointment = await bookIn(8);
    const clientId = randomUUID();
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (ofUser, ofDoctor) => {
      const first = await say(user, appointment, 'Once', clientId);
      await simultaneously(4, (index) => send(user.on(index), appointment, clientId));
      expect(await send(user, appointment, clientId, 'Twice')).toBeProblem(409, 'client-id-reused');
      const told = await toldUntilNow(ofUser, doctor, appointment);
      expect(told.map(({ event, data }) => ({ event, data }))).toEqual([
        { event: 'message.created', data: { at: first.sentAt, message: first } },
      ]);
      const toldDoctor = await toldUntilNow(ofDoctor, user, appointment);
      expect(toldDoctor.map(({ event }) => event)).toEqual(['message.created', 'message.created']);
    });
  });

  test('is kept for good: a late repeat gets the first sentAt', { needs: ['clock'] }, async () => {
    const startsAt = later(fromNow({ hours: 1 }), { ms: 31 });
    const appointment = await book(user, doctor, { startsAt });
    const clientId = randomUUID();
    const first = await say(user.at(startsAt), appointment, 'Once', clientId);
    expect(first.sentAt).toBe(startsAt);
    const muchLater = await user.logInAgain(later(startsAt, { days: 30 }));
    const repeat = await send(muchLater, appointment, clientId);
    expect(repeat.status).toBe(200);
    expect(repeat.body).toEqual(first);
  });
});
