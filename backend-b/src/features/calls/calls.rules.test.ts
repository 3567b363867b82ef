import { describe, expect, it } from 'vitest';
import { turnServers } from '../../video/peer.ts';
import type { Appointment } from '../appointments/appointments.rules.ts';
import { checkEnd, checkJoin, checkPresence } from './calls.rules.ts';
import { discardOf, livingRoom, noCall, presenceAt, type Call, type Participant } from './calls.state.ts';
import { callView } from './calls.view.ts';

const start = new Date('2026-03-02T09:30:00.000Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const span = { startsAt: start, endsAt: after(1800) };
const room = {
  id: 'r1',
  number: 1,
  name: 'a-1',
  provider: 'peer' as const,
  providerId: null,
  openedAt: start,
  endedAt: null,
};
const person = (accountId: string, seenAt: number): Participant => ({
  accountId,
  roomId: 'r1',
  connectionId: `c-${accountId}`,
  joinedAt: start,
  isConnected: true,
  hasLeft: false,
  lastSeenAt: after(seenAt),
  leftAt: null,
  departedAt: null,
});
const call = (...participants: Participant[]): Call => ({ ...noCall, startedAt: start, epoch: 1, room, participants });
const profile = { id: 'd', displayName: 'Ana', specialty: null };
const appointment = (ofCall: Call): Appointment => ({
  id: 'a',
  doctor: { ...profile, role: 'doctor' },
  user: { ...profile, id: 'u', role: 'user' },
  ...span,
  durationMinutes: 30,
  reason: null,
  createdAt: start,
  cancelledAt: null,
  cancelledBy: null,
  cancelReason: null,
  call: ofCall,
});
const refused = (code: string) => expect.objectContaining({ code });

describe('presence', () => {
  it('lapses at exactly 20 seconds, as of the last heartbeat', () => {
    expect(presenceAt(person('d', 0), null, new Date(after(20).getTime() - 1))).toEqual({
      isConnected: true,
      leftAt: null,
    });
    expect(presenceAt(person('d', 0), null, after(20))).toEqual({ isConnected: false, leftAt: start });
  });

  it('ends with the call', () => {
    expect(presenceAt(person('d', 0), after(10), after(100))).toEqual({ isConnected: false, leftAt: after(10) });
    expect(presenceAt(person('d', 0), after(30), after(100))).toEqual({ isConnected: false, leftAt: start });
  });
});

describe('a room', () => {
  it('is discarded 5 minutes after the last one was there', () => {
    const empty = call(person('d', 0), person('u', 60));
    expect(livingRoom(empty, span, new Date(after(360).getTime() - 1))).toBe(room);
    expect(livingRoom(empty, span, after(360))).toBeNull();
    expect(discardOf(room, empty, after(400))).toEqual(after(360));
  });

  it('shows waiting, active, none and ended', () => {
    const state = (of: Call, at: Date): string => callView(of, span, at).state;
    expect(state(call(person('d', 0)), after(1))).toBe('waiting');
    expect(state(call(person('d', 0), person('u', 0)), after(1))).toBe('active');
    expect(state(call(person('d', 0)), after(300))).toBe('none');
    expect(state(call(person('d', 0)), after(2700))).toBe('ended');
    expect(state(noCall, after(1))).toBe('none');
  });
});

describe('joining', () => {
  it('opens exactly 10 minutes before the start', () => {
    expect(() => checkJoin(appointment(noCall), after(-600))).not.toThrow();
    expect(() => checkJoin(appointment(noCall), new Date(after(-600).getTime() - 1))).toThrow(refused('too-early'));
  });

  it('closes when the appointment is missed, completed or cancelled', () => {
    expect(() => checkJoin(appointment(noCall), after(1800))).toThrow(refused('call-over'));
    expect(() => checkJoin(appointment(call(person('d', 0))), after(2699))).not.toThrow();
    expect(() => checkJoin(appointment(call(person('d', 0))), after(2700))).toThrow(refused('call-over'));
    const cancelled = { ...appointment(noCall), cancelledAt: start };
    expect(() => checkJoin(cancelled, after(0))).toThrow(refused('appointment-cancelled'));
  });
});

describe('heartbeats', () => {
  const check = (own: Participant | undefined, id: string, isKnown: boolean, at: number): (() => void) => {
    return () => checkPresence(appointment(call(person('d', 0))), own, { id, isKnown }, after(at));
  };

  it('count for the newest connection alone', () => {
    expect(check(person('d', 0), 'c-d', true, 25)).not.toThrow();
    expect(check(person('d', 0), 'older', true, 1)).toThrow(refused('superseded'));
    expect(check(person('d', 0), 'unknown', false, 1)).toThrow(refused('not-joined'));
    expect(check({ ...person('d', 0), hasLeft: true }, 'c-d', true, 1)).toThrow(refused('not-joined'));
    expect(check(undefined, 'c-d', false, 1)).toThrow(refused('not-joined'));
  });

  it('are refused when the room is gone or the call is over', () => {
    expect(check(person('d', 0), 'c-d', true, 300)).toThrow(refused('not-joined'));
    expect(check(person('d', 0), 'c-d', true, 2700)).toThrow(refused('call-over'));
  });
});

describe('ending', () => {
  it("is the doctor's alone, while in progress", () => {
    expect(() => checkEnd(appointment(call()), 'user', after(1))).toThrow(refused('forbidden-role'));
    expect(() => checkEnd(appointment(call()), 'doctor', after(1))).not.toThrow();
    expect(() => checkEnd(appointment(noCall), 'doctor', after(1))).toThrow(refused('invalid-transition'));
  });
});

describe('TURN credentials', () => {
  it('are signed over their expiry and the account', () => {
    const turn = { turnUrls: ['turn:turn.example'], turnSecret: 'secret' };
    expect(turnServers(turn, 'a', new Date(1_700_000_000_999))).toEqual([
      { urls: ['turn:turn.example'], username: '1700000000:a', credential: '3BYHAowNdl7aYyxYHgYptWA5YxM=' },
    ]);
    expect(turnServers({ turnUrls: [], turnSecret: undefined }, 'a', start)).toEqual([]);
  });
});
