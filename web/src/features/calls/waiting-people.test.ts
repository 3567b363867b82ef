import { describe, expect, it } from 'vitest';
import { appointmentWith, doctorId, participant, userId } from './appointment.fixture.ts';
import { afterCallEvent, waitingAmong } from './waiting-people.ts';

const joinedAt = '2026-03-02T09:26:40.000Z';
const user = participant(userId, joinedAt);
const doctor = participant(doctorId, joinedAt);
const userLeft = participant(userId, joinedAt, '2026-03-02T09:27:00.000Z');

const inProgress = (...participants: (typeof user)[]) =>
  appointmentWith({ status: 'in_progress', call: { participants } });
const joined = (accountId: string, ...participants: (typeof user)[]) =>
  ({ event: 'call.participant-joined', data: { accountId, appointment: inProgress(...participants) } }) as const;

describe('who waits for me', () => {
  it('is whoever joins first', () => {
    const people = afterCallEvent([], joined(userId, user), doctorId);
    expect(people).toMatchObject([{ name: 'Luka Horvat' }]);
  });

  it('is told once, though the start and the join are two events', () => {
    const started = { event: 'call.started', data: { appointment: inProgress(user) } } as const;
    const people = afterCallEvent([], started, doctorId);
    expect(people).toHaveLength(1);
    expect(afterCallEvent(people, joined(userId, user), doctorId)).toBe(people);
  });

  it('is told at the first join though the provider has not connected it yet', () => {
    const appointment = inProgress({ ...user, connected: false });
    expect(afterCallEvent([], { event: 'call.started', data: { appointment } }, doctorId)).toHaveLength(1);
  });

  it('is nobody when I was the one who joined', () => {
    expect(afterCallEvent([], joined(doctorId, doctor), doctorId)).toEqual([]);
  });

  it('is nobody any more once I am there, the other left or the call is over', () => {
    const people = afterCallEvent([], joined(userId, user), doctorId);
    const left = {
      event: 'call.participant-left',
      data: { accountId: userId, appointment: inProgress(userLeft) },
    } as const;
    const ended = { event: 'call.ended', data: { appointment: { ...inProgress(user), status: 'completed' } } } as const;
    expect(afterCallEvent(people, joined(doctorId, doctor, user), doctorId)).toEqual([]);
    expect(afterCallEvent(people, left, doctorId)).toEqual([]);
    expect(afterCallEvent(people, ended, doctorId)).toEqual([]);
  });

  it('is read from the list when the app opens', () => {
    expect(waitingAmong([inProgress(user), appointmentWith(), inProgress(userLeft)], doctorId)).toHaveLength(1);
  });
});
