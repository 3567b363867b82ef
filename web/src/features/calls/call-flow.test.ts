import { describe, expect, it } from 'vitest';
import { appointmentWith } from './appointment.fixture.ts';
import { canComeBack, hasSummary, nextFlow, openingFlow, type CallFlow, type CallFlowEvent } from './call-flow.ts';

const lobby: CallFlow = { phase: 'lobby', obstacle: null };
const joining: CallFlow = { phase: 'joining', obstacle: null, attempt: 1 };

const after = (start: CallFlow, ...events: CallFlowEvent[]) => events.reduce(nextFlow, start);

describe('what the page opens with', () => {
  it('is the lobby of a call that is to come', () => {
    expect(openingFlow(appointmentWith(), false)).toEqual(lobby);
  });

  it('is the call itself after a reload', () => {
    expect(openingFlow(appointmentWith({ status: 'in_progress' }), true)).toEqual(joining);
  });

  it('is the end of a call that is over, whatever was remembered', () => {
    const completed = appointmentWith({ status: 'completed', call: { endedAt: '2026-03-02T09:54:10.500Z' } });
    expect(openingFlow(completed, true)).toEqual({ phase: 'ended', reason: 'ended' });
    const late = appointmentWith({ status: 'completed', call: { endedAt: '2026-03-02T10:15:00.000Z' } });
    expect(openingFlow(late, false)).toEqual({ phase: 'ended', reason: 'time-over' });
    expect(openingFlow(appointmentWith({ status: 'missed' }), false)).toEqual({ phase: 'ended', reason: 'missed' });
    expect(openingFlow(appointmentWith({ status: 'cancelled' }), false)).toEqual({
      phase: 'ended',
      reason: 'cancelled',
    });
  });
});

describe('the way into a call', () => {
  it('leads from lobby by the waiting room to the other person', () => {
    const flow = after(
      lobby,
      { type: 'join-asked' },
      { type: 'session-moved', state: 'connecting' },
      { type: 'session-moved', state: 'waiting' },
      { type: 'session-moved', state: 'connected' },
    );
    expect(flow).toEqual({ phase: 'connected' });
  });

  it('shows that it connects when the other one comes', () => {
    const flow = nextFlow({ phase: 'waiting' }, { type: 'session-moved', state: 'connecting' });
    expect(flow).toEqual({ phase: 'connecting' });
    expect(nextFlow(flow, { type: 'session-moved', state: 'waiting' })).toEqual({ phase: 'waiting' });
  });

  it('waits at an obstacle that passes by itself, then tries again', () => {
    const held = after(lobby, { type: 'join-asked' }, { type: 'join-hindered', obstacle: offline(5) });
    expect(held).toEqual({ phase: 'joining', obstacle: offline(5), attempt: 1 });
    expect(nextFlow(held, { type: 'retry-due' })).toEqual({ phase: 'joining', obstacle: null, attempt: 2 });
  });

  it('goes back to the lobby when it is withdrawn', () => {
    expect(after(lobby, { type: 'join-asked' }, { type: 'join-withdrawn' })).toEqual(lobby);
  });

  it('goes back to the lobby with an obstacle that a person must clear', () => {
    const flow = after(joining, { type: 'join-hindered', obstacle: { kind: 'other-tab' } });
    expect(flow).toEqual({ phase: 'lobby', obstacle: { kind: 'other-tab' } });
  });

  it('takes no notice of a session that moves after it was withdrawn', () => {
    expect(nextFlow(lobby, { type: 'session-moved', state: 'connected' })).toEqual(lobby);
  });
});

describe('a connection that is lost', () => {
  it('comes back without a click', () => {
    const lost = nextFlow({ phase: 'connected' }, { type: 'session-moved', state: 'reconnecting' });
    expect(lost).toEqual({ phase: 'reconnecting' });
    expect(nextFlow(lost, { type: 'session-moved', state: 'connected' })).toEqual({ phase: 'connected' });
  });

  it('shows a new attempt from within the call as reconnecting', () => {
    expect(nextFlow({ phase: 'connected' }, { type: 'session-moved', state: 'connecting' })).toEqual({
      phase: 'reconnecting',
    });
  });
});

describe('the end', () => {
  it('can be come back from after leaving or a takeover, and not after the end for both', () => {
    for (const reason of ['left', 'superseded', 'other-tab', 'failed'] as const) {
      const flow = nextFlow({ phase: 'connected' }, { type: 'ended', reason });
      expect(canComeBack(flow)).toBe(true);
      expect(nextFlow(flow, { type: 'join-asked' })).toEqual(joining);
    }
    for (const reason of ['ended', 'time-over', 'cancelled', 'missed', 'logged-out'] as const) {
      const flow = nextFlow({ phase: 'connected' }, { type: 'ended', reason });
      expect(canComeBack(flow)).toBe(false);
      expect(nextFlow(flow, { type: 'join-asked' })).toEqual(flow);
    }
  });

  it('is the final one, whatever the session says afterwards', () => {
    const ended: CallFlow = { phase: 'ended', reason: 'ended' };
    expect(after(ended, { type: 'ended', reason: 'left' }, { type: 'session-moved', state: 'waiting' })).toEqual(ended);
  });

  it('turns final when the doctor ends what one has left', () => {
    const flow = after({ phase: 'ended', reason: 'left' }, { type: 'ended', reason: 'ended' });
    expect(flow).toEqual({ phase: 'ended', reason: 'ended' });
  });

  it('has a summary where a consultation took place', () => {
    expect(hasSummary({ phase: 'ended', reason: 'ended' })).toBe(true);
    expect(hasSummary({ phase: 'ended', reason: 'superseded' })).toBe(false);
    expect(hasSummary(lobby)).toBe(false);
  });
});

const offline = (retryAt: number) => ({ kind: 'offline', retryAt }) as const;
