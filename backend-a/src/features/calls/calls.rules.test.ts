import { describe, expect, test } from 'vitest';
import { Problem } from '../../problem.ts';
import { at, sampleAppointment as sample } from '../appointments/appointment.sample.ts';
import type { Appointment } from '../appointments/appointment.ts';
import type { Call, Place } from './call.ts';
import { mustBeEndable, mustBeJoinable } from './calls.rules.ts';
import { callView } from './calls.view.ts';

const room = { id: 'room', name: `${sample.id}-1`, sid: null, openedAt: at('09:55:00.000') };

function place(seen: string, more: Partial<Place> = {}): Place {
  const joinedAt = at('09:55:00.000');
  const base = {
    roomId: 'room',
    connectionId: 'c',
    joinedAt,
    connectedAt: joinedAt,
    seenAt: at(seen),
    leftAt: null,
  };
  return { ...base, ...more };
}

function inCall(call: Partial<Call>): Appointment {
  const base = { startedAt: at('09:55:00.000'), endedAt: null, epoch: 1, room, doctorPlace: null, userPlace: null };
  return { ...sample, call: { ...base, ...call } };
}

function codeOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('mustBeJoinable', () => {
  const joined = inCall({ doctorPlace: place('09:55:00.000') });

  test.each([
    ['too-early', sample, at('09:49:59.999')],
    [undefined, sample, at('09:50:00.000')],
    [undefined, sample, at('10:29:59.999')],
    ['call-over', sample, at('10:30:00.000')],
    [undefined, joined, at('10:44:59.999')],
    ['call-over', joined, at('10:45:00.000')],
    ['too-early', { ...sample, cancelledAt: at('08:00:00.000') }, at('09:49:59.999')],
    ['appointment-cancelled', { ...sample, cancelledAt: at('08:00:00.000') }, at('09:50:00.000')],
    ['appointment-cancelled', { ...sample, cancelledAt: at('08:00:00.000') }, at('10:30:00.000')],
  ])('says %s', (code, appointment, now) => expect(codeOf(() => mustBeJoinable(appointment, now))).toBe(code));

  test('says when the call opens', () => {
    expect(() => mustBeJoinable(sample, at('09:00:00.000'))).toThrow(
      expect.objectContaining({ opensAt: at('09:50:00.000') }),
    );
  });
});

test('mustBeEndable asks for the role before the status', () => {
  expect(codeOf(() => mustBeEndable(sample, 'user', at('09:00:00.000')))).toBe('forbidden-role');
  expect(codeOf(() => mustBeEndable(sample, 'doctor', at('09:00:00.000')))).toBe('invalid-transition');
});

describe('callView', () => {
  test('lapses 20 s after the last heartbeat, at its instant', () => {
    const call = inCall({ doctorPlace: place('10:00:10.000'), userPlace: place('10:00:20.000') });
    expect(callView(call, at('10:00:29.999')).state).toBe('active');
    expect(callView(call, at('10:00:30.000'))).toMatchObject({
      state: 'waiting',
      participants: [
        { connected: false, leftAt: '2027-03-01T10:00:10.000Z' },
        { connected: true, leftAt: null },
      ],
    });
  });

  test('discards a room 5 min after the last one was disconnected', () => {
    const call = inCall({
      doctorPlace: place('10:00:00.000'),
      userPlace: place('10:01:00.000', { leftAt: at('10:01:05.000') }),
    });
    expect(callView(call, at('10:06:04.999'))).toMatchObject({ state: 'waiting', roomName: room.name });
    expect(callView(call, at('10:06:05.000'))).toMatchObject({ state: 'none', roomName: null });
  });

  test('discards a room 5 min after its creation when nobody connects', () => {
    const call = inCall({ doctorPlace: place('10:00:00.000', { connectedAt: null, seenAt: null }) });
    expect(callView(call, at('09:59:59.999'))).toMatchObject({
      state: 'waiting',
      participants: [{ connected: false, leftAt: null }],
    });
    expect(callView(call, at('10:00:00.000')).state).toBe('none');
  });

  test('ends with time, and disconnects whoever is connected at that instant', () => {
    const call = inCall({ doctorPlace: place('10:44:50.000'), userPlace: place('10:40:00.000') });
    expect(callView(call, at('11:00:00.000'))).toMatchObject({
      state: 'ended',
      roomName: null,
      endedAt: '2027-03-01T10:45:00.000Z',
      participants: [{ leftAt: '2027-03-01T10:45:00.000Z' }, { leftAt: '2027-03-01T10:40:00.000Z' }],
    });
  });
});
