import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, joinPeer, on, type PeerGrant } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule, simultaneously } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';

rule('calls/epoch', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  function signal(person: Person, appointment: Appointment, grant: PeerGrant, epoch: number): Promise<Answer> {
    const body = {
      clientId: randomUUID(),
      connectionId: grant.connectionId,
      epoch,
      type: 'media',
      data: { camera: false },
    };
    return person.send('sendSignal', { path: on(appointment), body });
  }

  test('rises by 1 at each join of the doctor alone', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const steps: [person: Person, epoch: number][] = [
      [user, 0],
      [user.on(1), 0],
      [doctor, 1],
      [user, 1],
      [doctor.on(1), 2],
      [doctor, 3],
      [user, 3],
    ];
    for (const [person, epoch] of steps) {
      const grant = await joinPeer(person, appointment);
      expect([grant.epoch, grant.offerer]).toEqual([epoch, person.id === doctor.id]);
    }
  });

  test('refuses signals of any other epoch, and drops them', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    const ofUser = await joinPeer(user, appointment);
    expect((await signal(user, appointment, ofUser, 0)).status).toBe(202);
    expect(await signal(user, appointment, ofUser, 1)).toBeProblem(409, 'stale-epoch');
    await joinPeer(doctor, appointment);
    const ofDoctor = await joinPeer(doctor, appointment);
    const streams = [await openEvents(user), await openEvents(doctor)];
    for (const epoch of [0, 1, 3, 2_147_483_647]) {
      expect(await signal(user, appointment, ofUser, epoch), String(epoch)).toBeProblem(409, 'stale-epoch');
      expect(await signal(doctor, appointment, ofDoctor, epoch), String(epoch)).toBeProblem(409, 'stale-epoch');
    }
    for (const stream of streams) {
      const told = await toldUntilNow(stream, user, appointment);
      stream.close();
      expect(told.filter(({ event }) => event === 'call.signal')).toEqual([]);
    }
    expect((await signal(user, appointment, ofUser, 2)).status).toBe(202);
    expect((await signal(doctor, appointment, ofDoctor, 2)).status).toBe(202);
  });

  test('goes on in a new room, without a restart', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 1 });
    const appointment = await book(user, doctor, { startsAt });
    const first = await joinPeer(doctor.at(startsAt), appointment);
    const afterDiscard = later(startsAt, { minutes: 5 });
    const ofUser = await joinPeer(user.at(afterDiscard), appointment);
    expect(ofUser.roomName).not.toBe(first.roomName);
    expect([first.epoch, ofUser.epoch]).toEqual([1, 1]);
    const second = await joinPeer(doctor.at(afterDiscard), appointment);
    expect(second.epoch).toBe(2);
    const late = user.at(afterDiscard);
    expect(await signal(late, appointment, ofUser, 1)).toBeProblem(409, 'stale-epoch');
    expect((await signal(late, appointment, ofUser, 2)).status).toBe(202);
  });

  test('gives each of simultaneous joins of the doctor its own', { needs: ['clock', 'peer'] }, async () => {
    const startsAt = fromNow({ hours: 2 });
    const appointment = await book(user, doctor, { startsAt });
    const grants = await simultaneously(6, (replica) => joinPeer(doctor.at(startsAt).on(replica), appointment));
    expect(grants.map((grant) => grant.epoch).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const newest = grants.find((grant) => grant.epoch === 6);
    const body = { connectionId: newest?.connectionId };
    const kept = await doctor.at(startsAt).send('keepPresence', { path: on(appointment), body });
    expect(kept.status).toBe(204);
  });
});
