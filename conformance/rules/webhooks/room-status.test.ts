import { expect } from 'vitest';
import { type Appointment, book, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { rule, simultaneously, type TestTarget } from '../../src/rule.ts';
import { CalledBack, CONNECTED, DISCONNECTED, SID } from '../../src/called-back.ts';
import { callbackAbout, type CallbackFields, callbackOf, newSid } from '../../src/twilio-callback.ts';
import { joinTwilio, meet, roomOf } from '../../src/twilio-room.ts';

rule('webhooks/room-status', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = later(fromNow({ hours: 1 }), { ms: 111 });
  let slots = 0;

  /** A call that both have joined at its start, and are not connected to. */
  async function call(target: TestTarget): Promise<CalledBack> {
    const startsAt = later(start, { minutes: 30 * (slots += 1) });
    const appointment = await book(user, doctor, { startsAt });
    const { room } = await meet(target, appointment, doctor.at(startsAt), user.at(startsAt));
    return new CalledBack({ target, appointment, room, watcher: doctor, person: user });
  }

  test('shows who is connected, in real time', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const { room } = await meet(target, appointment, doctor, user);
    const shown = async () => (await show(user.on(1), appointment)).call;
    expect((await shown()).state).toBe('waiting');
    await room.connect(user);
    expect(await shown()).toMatchObject({
      state: 'waiting',
      participants: [{ connected: false }, { connected: true }],
    });
    await room.connect(doctor);
    expect(await shown()).toMatchObject({ state: 'active', participants: [{ connected: true }, { connected: true }] });
    await room.disconnect(user);
    expect(await shown()).toMatchObject({
      state: 'waiting',
      participants: [{ connected: true }, { connected: false }],
    });
    expect((await shown()).participants[1]?.leftAt).not.toBeNull();
    await room.end();
    expect(await shown()).toMatchObject({ state: 'none', roomName: null });
    expect((await show(user, appointment)).status).toBe('in_progress');
  });

  test('moves the call at its Timestamp, and tells both', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    const shownAt = (seconds: number) => show(doctor.at(one.at(seconds)), one.appointment);
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      await one.tell(CONNECTED, 3);
      const joined = await shownAt(3);
      await one.tell(DISCONNECTED, 9);
      const left = await shownAt(9);
      const participants = (leftAt: string | null) => [
        { accountId: doctor.id, connected: false, joinedAt: one.t0, leftAt: null },
        { accountId: user.id, connected: leftAt === null, joinedAt: one.t0, leftAt },
      ];
      expect(joined.call).toMatchObject({ state: 'waiting', participants: participants(null) });
      expect(left.call).toMatchObject({ state: 'waiting', participants: participants(one.at(9)) });
      const about = (what: string, seconds: number, appointment: Appointment) => ({
        event: `call.participant-${what}`,
        data: { at: one.at(seconds), accountId: user.id, appointment },
      });
      for (const stream of streams)
        expect(await one.told(stream)).toEqual([about('joined', 3, joined), about('left', 9, left)]);
    });
  });

  test('changes nothing by repeats and late arrivals', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      for (let times = 0; times < 3; times += 1) await one.tell(CONNECTED, 3);
      expect(await one.shown()).toEqual([true, null]);
      for (let times = 0; times < 3; times += 1) await one.tell(DISCONNECTED, 9, { SequenceNumber: '2' });
      // A higher SequenceNumber makes nothing newer.
      for (const SequenceNumber of ['1', '99']) await one.tell(CONNECTED, 3, { SequenceNumber });
      for (const SequenceNumber of ['1', '99']) await one.tell(DISCONNECTED, 8, { SequenceNumber });
      expect(await one.shown()).toEqual([false, one.at(9)]);
      const again = { ParticipantSid: newSid('PA') };
      await one.tell(CONNECTED, 20, { ...again, SequenceNumber: '0' });
      expect(await one.shown(), 'a lower one nothing older').toEqual([true, null]);
      await one.tell(DISCONNECTED, 9);
      await one.tell(DISCONNECTED, 19.999, again);
      expect(await one.shown()).toEqual([true, null]);
      const words = ['joined', 'left', 'joined'].map((word) => `call.participant-${word}`);
      for (const stream of streams) expect((await one.told(stream)).map(({ event }) => event)).toEqual(words);
    });
  });

  test('is the same when its callbacks come backwards', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    await one.tell(DISCONNECTED, 9);
    await one.tell(CONNECTED, 3);
    expect(await one.shown()).toEqual([false, one.at(9)]);
    const two = await call(target);
    await two.tell(CONNECTED, 20);
    await two.tell(DISCONNECTED, 9);
    await two.tell(CONNECTED, 3);
    expect(await two.shown()).toEqual([true, null]);
  });

  test('lets the disconnect win at equal Timestamps', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    for (const events of [
      [CONNECTED, DISCONNECTED],
      [DISCONNECTED, CONNECTED],
    ]) {
      const one = await call(target);
      for (const event of events) await one.tell(event, 5);
      expect(await one.shown(), events.join()).toEqual([false, one.at(5)]);
    }
  });

  test('is the same when all come at once, repeated', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    const history: [string, number][] = [[CONNECTED, 1], [DISCONNECTED, 2], [CONNECTED, 3], [DISCONNECTED, 4], [CONNECTED, 5]]; // prettier-ignore
    const sids = Array.from({ length: 3 }, () => ({ ParticipantSid: newSid('PA') }));
    await simultaneously(15, (index) => {
      const [event, seconds] = history[(index * 7) % 5] ?? [CONNECTED, 1];
      return one.tell(event, seconds, sids[(seconds - 1) >> 1]);
    });
    expect(await one.shown()).toEqual([true, null]);
  });

  test('discards a room that ended, with everybody in it', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    for (const person of [user, doctor]) await one.room.connect(person, one.at(2));
    await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
      await one.tell('room-ended', 30);
      const shown = await show(doctor.at(one.at(30)), one.appointment);
      expect(shown.status, 'only an end or time completes it').toBe('in_progress');
      expect(shown.call).toEqual({
        state: 'none',
        roomName: null,
        participants: [doctor, user].map(({ id }) => {
          return { accountId: id, connected: false, joinedAt: one.t0, leftAt: one.at(30) };
        }),
        startedAt: one.t0,
        endedAt: null,
      });
      for (const event of [DISCONNECTED, 'room-ended', CONNECTED]) await one.tell(event, 31);
      expect(await show(doctor.at(one.at(31)), one.appointment)).toEqual(shown);
      for (const stream of streams) {
        const told = (await one.told(stream)).map(
          ({ event, data }) => `${event} ${(data as { accountId?: string }).accountId} ${(data as { at: string }).at}`,
        );
        const left = [doctor, user].map(({ id }) => `call.participant-left ${id} ${one.at(30)}`);
        expect(told.filter((event) => !event.startsWith('appointment.updated')).sort()).toEqual(left.sort());
      }
    });
  });

  test('leaves the next room alone', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    await one.tell('room-ended', 10);
    const second = await joinTwilio(user.at(one.at(20)), one.appointment);
    expect(second.roomName).not.toBe(one.room.name);
    await (await roomOf(target, second)).connect(user, one.at(21));
    const before = await show(doctor.at(one.at(60)), one.appointment);
    expect(before.call).toMatchObject({ state: 'waiting', roomName: second.roomName });
    expect(await one.shown()).toEqual([true, null]);
    for (const event of [DISCONNECTED, CONNECTED, 'room-ended', DISCONNECTED]) await one.tell(event, 40);
    await one.tell(CONNECTED, 41, { ParticipantIdentity: doctor.id });
    expect(await show(doctor.at(one.at(60)), one.appointment)).toEqual(before);
  });

  test('takes what it does not know, and changes nothing', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    await one.tell(CONNECTED, 3);
    const before = await show(doctor.at(one.at(60)), one.appointment);
    const known = callbackAbout(one.room, user, DISCONNECTED, one.at(30), { ParticipantSid: SID });
    const [RoomName, RoomSid] = [`${one.room.name}-other`, newSid('RM')];
    const strange: CallbackFields[] = [
      { ...known, RoomName, RoomSid },
      { ...callbackOf(one.room, 'room-ended', one.at(30)), RoomName, RoomSid },
      { ...known, RoomName: '', RoomSid },
      { ...known, ParticipantIdentity: newSid('PA') },
      { ...known, ParticipantIdentity: one.appointment.id },
      ...['room-created', 'track-added', 'track-disabled', 'recording-started', '', 'toString'].map((event) => {
        return { ...known, StatusCallbackEvent: event };
      }),
      ...['', 'yesterday', '2031-02-30T10:00:00Z'].map((Timestamp) => ({ ...known, Timestamp })),
      ...Object.keys(known)
        .filter((name) => /^(StatusCallbackEvent|Timestamp|ParticipantIdentity)$/.test(name))
        .map((missing) => Object.fromEntries(Object.entries(known).filter(([name]) => name !== missing))),
      { nothing: 'known' },
    ];
    for (const fields of strange) {
      await one.send(fields);
      expect(await show(doctor.at(one.at(60)), one.appointment), JSON.stringify(fields)).toEqual(before);
    }
    await one.send({ ...known, Unknown: 'is accepted', ParticipantDuration: 'x' });
    expect((await one.shown())[0]).toBe(false);
  });

  test('changes nothing of a call that is over', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    await one.tell(CONNECTED, 3);
    const ended = await doctor.at(one.at(20)).send('endCall', { path: { appointmentId: one.appointment.id } });
    expect(ended.status).toBe(200);
    expect(await one.shown()).toEqual([false, one.at(20)]);
    for (const event of [DISCONNECTED, CONNECTED, 'room-ended']) for (const at of [19, 30]) await one.tell(event, at);
    expect(await show(doctor.at(one.at(60)), one.appointment)).toEqual(ended.body);
  });

  test('stands repeats, delays and another order of Twilio', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const one = await call(target);
    const { control, sid } = one.room;
    await control.addFault({ on: 'callback', kind: 'repeat', copies: 3, event: CONNECTED, room: sid });
    await one.room.connect(user, one.at(1));
    await control.addFault({ on: 'callback', kind: 'reorder', event: DISCONNECTED, room: sid });
    await one.room.disconnect(user, one.at(5));
    await one.room.connect(user, one.at(6));
    expect(await one.shown()).toEqual([true, null]);
    await control.addFault({ on: 'callback', kind: 'late', room: sid, times: 3 });
    await one.room.disconnect(user, one.at(10));
    await one.room.connect(user, one.at(11));
    await one.room.disconnect(user, one.at(12));
    expect(await one.shown(), 'nothing has come yet').toEqual([true, null]);
    await control.releaseCallbacks({ room: sid, backwards: true });
    await one.room.called();
    expect(await one.shown()).toEqual([false, one.at(12)]);
  });
});
