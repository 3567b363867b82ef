import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { type Appointment, book, join, on, show } from '../../src/bookings.ts';
import { fromNow, later, type Span } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { joinTwilio, roomOf } from '../../src/twilio-room.ts';

rule('appointments/status', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const start = fromNow({ hours: 1 });

  /** The status that both participants see, each on another replica where there are two, and in the list as well. */
  async function statusAt(appointment: Appointment, now: string | undefined): Promise<string> {
    const [shown, shownElsewhere] = await Promise.all([
      user.send('getAppointment', { path: on(appointment), now }),
      doctor.send('getAppointment', { path: on(appointment), now, replica: 1 }),
    ]);
    const query = { from: appointment.startsAt, to: later(appointment.startsAt, { ms: 1 }) };
    const list = await doctor.send('listAppointments', { query, now });
    const listed = list.body.items.find((item) => item.id === appointment.id);
    expect([shownElsewhere.body.status, listed?.status]).toEqual([shown.body.status, shown.body.status]);
    return shown.body.status;
  }

  async function expectStatuses(
    appointment: Appointment,
    expected: [from: string, span: Span, status: string][],
  ): Promise<void> {
    for (const [from, span, status] of expected) {
      const now = later(from, span);
      expect(await statusAt(appointment, now), `at ${JSON.stringify(span)} after ${from}`).toBe(status);
    }
  }

  const bookAt = (hours: number) => book(user, doctor, { startsAt: later(start, { hours }), durationMinutes: 30 });
  const end = (person: Person, appointment: Appointment) => person.send('endCall', { path: on(appointment) });

  test('goes from scheduled by a join to in_progress, by the end to completed', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    expect(appointment.status).toBe('scheduled');
    expect(await statusAt(appointment, undefined)).toBe('scheduled');
    const grant = await join(user, appointment);
    expect(await statusAt(appointment, undefined)).toBe('in_progress');
    await user.send('leaveCall', { path: on(appointment), body: { connectionId: grant.connectionId } });
    expect(await statusAt(appointment, undefined)).toBe('in_progress');
    expect((await end(doctor, appointment)).body.status).toBe('completed');
    expect(await statusAt(appointment, undefined)).toBe('completed');
  });

  test('is the same on every replica', { needs: ['replicas'] }, async ({ target }) => {
    const [physician, patient] = await target.people('doctor', 'user');
    const appointment = await book(patient, physician, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const everywhere = async (): Promise<string[]> => {
      const shown = await Promise.all(target.replicas.map((_, replica) => show(patient.on(replica), appointment)));
      return [...new Set(shown.map(({ status }) => status))];
    };
    expect(await everywhere()).toEqual(['scheduled']);
    await join(patient.on(1), appointment);
    expect(await everywhere()).toEqual(['in_progress']);
    expect((await end(physician, appointment)).body.status).toBe('completed');
    expect(await everywhere()).toEqual(['completed']);
  });

  test('is cancelled when cancelled', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const answer = await user.send('cancelAppointment', { path: on(appointment) });
    expect(answer.body.status).toBe('cancelled');
    expect(await statusAt(appointment, undefined)).toBe('cancelled');
  });

  test('is missed from endsAt on when nobody joined', { needs: ['clock'] }, async () => {
    const appointment = await bookAt(0);
    await expectStatuses(appointment, [
      [appointment.startsAt, { ms: -1 }, 'scheduled'],
      [appointment.startsAt, {}, 'scheduled'],
      [appointment.endsAt, { ms: -1 }, 'scheduled'],
      [appointment.endsAt, {}, 'missed'],
      [appointment.endsAt, { minutes: 15 }, 'missed'],
      [appointment.endsAt, { hours: 8 }, 'missed'],
    ]);
  });

  test('is completed from endsAt + 15 min on when one joined', { needs: ['clock'] }, async () => {
    for (const [index, person] of [doctor, user].entries()) {
      const appointment = await bookAt(1 + index);
      const opens = later(appointment.startsAt, { minutes: -10 });
      await join(person.at(opens), appointment);
      await expectStatuses(appointment, [
        [opens, {}, 'in_progress'],
        [appointment.endsAt, {}, 'in_progress'],
        [appointment.endsAt, { minutes: 15, ms: -1 }, 'in_progress'],
        [appointment.endsAt, { minutes: 15 }, 'completed'],
        [appointment.endsAt, { hours: 5 }, 'completed'],
      ]);
    }
  });

  test('is in_progress by a first join just before endsAt', { needs: ['clock'] }, async () => {
    const appointment = await bookAt(3);
    await join(user.at(later(appointment.endsAt, { ms: -1 })), appointment);
    await expectStatuses(appointment, [
      [appointment.endsAt, {}, 'in_progress'],
      [appointment.endsAt, { minutes: 15, ms: -1 }, 'in_progress'],
      [appointment.endsAt, { minutes: 15 }, 'completed'],
    ]);
  });

  test('stays completed when ended, and cancelled when cancelled', { needs: ['clock'] }, async () => {
    const ended = await bookAt(4);
    const early = later(ended.startsAt, { minutes: -9 });
    await join(doctor.at(early), ended);
    expect((await end(doctor.at(early), ended)).body.status).toBe('completed');
    await expectStatuses(ended, [
      [ended.startsAt, { minutes: -9 }, 'completed'],
      [ended.endsAt, {}, 'completed'],
      [ended.endsAt, { minutes: 15 }, 'completed'],
    ]);
    const cancelled = await bookAt(5);
    await user.send('cancelAppointment', { path: on(cancelled) });
    await expectStatuses(cancelled, [
      [cancelled.endsAt, { ms: -1 }, 'cancelled'],
      [cancelled.endsAt, {}, 'cancelled'],
      [cancelled.endsAt, { minutes: 15 }, 'cancelled'],
    ]);
  });

  test('stays in_progress while nobody is connected', { needs: ['clock', 'peer'] }, async () => {
    const appointment = await bookAt(6);
    const joined = await join(user.at(appointment.startsAt), appointment);
    const left = user.at(later(appointment.startsAt, { minutes: 1 }));
    await left.send('leaveCall', { path: on(appointment), body: { connectionId: joined.connectionId } });
    await expectStatuses(appointment, [
      [appointment.startsAt, { minutes: 1 }, 'in_progress'],
      [appointment.startsAt, { minutes: 6 }, 'in_progress'],
      [appointment.endsAt, { minutes: 15, ms: -1 }, 'in_progress'],
    ]);
  });

  test('is not started by a refused join', { needs: ['clock'] }, async () => {
    const appointment = await bookAt(7);
    const early = await user.send('joinCall', {
      path: on(appointment),
      now: later(appointment.startsAt, { minutes: -11 }),
    });
    expect(early).toBeProblem(409, 'too-early');
    await expectStatuses(appointment, [[appointment.startsAt, {}, 'scheduled']]);
    const late = await user.send('joinCall', { path: on(appointment), now: appointment.endsAt });
    expect(late).toBeProblem(409, 'call-over');
    await expectStatuses(appointment, [
      [appointment.endsAt, {}, 'missed'],
      [appointment.endsAt, { minutes: 15 }, 'missed'],
    ]);
    expect((await show(user.at(appointment.endsAt), appointment)).call.startedAt).toBeNull();
  });

  test('stays in_progress when Twilio ends the room', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const appointment = await bookAt(8);
    const grant = await joinTwilio(user.at(appointment.startsAt), appointment);
    const room = await roomOf(target, grant);
    await room.connect(user, appointment.startsAt);
    await room.end(later(appointment.startsAt, { minutes: 1 }));
    await expectStatuses(appointment, [
      [appointment.startsAt, { minutes: 1 }, 'in_progress'],
      [appointment.startsAt, { minutes: 10 }, 'in_progress'],
      [appointment.endsAt, { minutes: 15, ms: -1 }, 'in_progress'],
      [appointment.endsAt, { minutes: 15 }, 'completed'],
    ]);
  });
});
