import { describe, expect, it } from 'vitest';
import { presenceFrom, toRoomStatus } from './webhooks.rules.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 9, 30, second));
const connection = (connected: number | null, disconnected: number | null) => ({
  connectedAt: connected === null ? null : at(connected),
  disconnectedAt: disconnected === null ? null : at(disconnected),
});
const stayed = { departedAt: null };

describe('presence by what was told', () => {
  it('is unknown before a connect', () => {
    expect(presenceFrom([], stayed)).toBeUndefined();
    expect(presenceFrom([connection(null, 5)], stayed)).toBeUndefined();
  });

  it('follows the newest connection, in whatever order its news came', () => {
    expect(presenceFrom([connection(1, null)], stayed)).toEqual({ isConnected: true, at: at(1) });
    expect(presenceFrom([connection(1, 5)], stayed)).toEqual({ isConnected: false, at: at(5) });
    expect(presenceFrom([connection(1, 9), connection(8, null)], stayed)).toEqual({ isConnected: true, at: at(8) });
    expect(presenceFrom([connection(8, 9), connection(1, null)], stayed)).toEqual({ isConnected: false, at: at(9) });
  });

  it('ends when both have the same instant', () => {
    expect(presenceFrom([connection(5, 5)], stayed)).toEqual({ isConnected: false, at: at(5) });
  });

  it('ends when the participant leaves, until a later connect', () => {
    expect(presenceFrom([connection(5, null)], { departedAt: at(6) })).toEqual({ isConnected: false, at: at(6) });
    expect(presenceFrom([connection(7, null)], { departedAt: at(6) })).toEqual({ isConnected: true, at: at(7) });
  });
});

describe('a callback', () => {
  const fields = { RoomName: 'a-1', Timestamp: '2026-03-02T09:30:05.000Z', ParticipantIdentity: 'A1' };

  it('is read when it matters', () => {
    const status = toRoomStatus({ ...fields, StatusCallbackEvent: 'participant-connected', ParticipantSid: 'PA1' });
    expect(status).toMatchObject({ roomName: 'a-1', at: at(5), accountId: 'a1', connectionSid: 'PA1' });
    expect(toRoomStatus({ ...fields, StatusCallbackEvent: 'room-ended' })).toMatchObject({ event: 'room-ended' });
  });

  it('is ignored when it is of another event or lacks something', () => {
    expect(toRoomStatus({ ...fields, StatusCallbackEvent: 'track-added' })).toBeUndefined();
    expect(toRoomStatus({ ...fields, Timestamp: 'noon', StatusCallbackEvent: 'room-ended' })).toBeUndefined();
    expect(toRoomStatus({ StatusCallbackEvent: 'participant-connected' })).toBeUndefined();
  });
});
