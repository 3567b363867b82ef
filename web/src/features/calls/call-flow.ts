import type { Appointment } from '../appointments/appointment.ts';
import type { Obstacle } from './join-obstacle.ts';

export type EndReason =
  'left' | 'ended' | 'time-over' | 'cancelled' | 'missed' | 'superseded' | 'other-tab' | 'logged-out' | 'failed';

/** Where the page stands. Everything that is shown follows from it, the appointment and the session's media. */
export type CallFlow =
  | { phase: 'lobby'; obstacle: Obstacle | null }
  | { phase: 'joining'; obstacle: Obstacle | null; attempt: number }
  | { phase: 'connecting' }
  | { phase: 'waiting' }
  | { phase: 'connected' }
  | { phase: 'reconnecting' }
  | { phase: 'ended'; reason: EndReason };

export type CallFlowEvent =
  | { type: 'join-asked' }
  | { type: 'join-withdrawn' }
  | { type: 'join-hindered'; obstacle: Obstacle }
  | { type: 'retry-due' }
  | { type: 'session-moved'; state: 'connecting' | 'waiting' | 'connected' | 'reconnecting' }
  | { type: 'ended'; reason: EndReason };

const final: readonly EndReason[] = ['ended', 'time-over', 'cancelled', 'missed', 'logged-out'];
const summarised: readonly EndReason[] = ['left', 'ended', 'time-over'];

const inCall: readonly CallFlow['phase'][] = ['connecting', 'waiting', 'connected', 'reconnecting'];

export const isInCall = (flow: CallFlow) => inCall.includes(flow.phase);

export const canComeBack = (flow: CallFlow) => flow.phase === 'ended' && !final.includes(flow.reason);

export const hasSummary = (flow: CallFlow) => flow.phase === 'ended' && summarised.includes(flow.reason);

/** What the page opens with: who was in the call before a reload goes straight back into it. */
export function openingFlow(appointment: Appointment, wasInCall: boolean): CallFlow {
  const reason = endReasonOf(appointment);
  if (reason !== null) return { phase: 'ended', reason };
  return wasInCall ? { phase: 'joining', obstacle: null, attempt: 1 } : { phase: 'lobby', obstacle: null };
}

export function endReasonOf(appointment: Appointment): EndReason | null {
  if (appointment.status === 'cancelled') return 'cancelled';
  if (appointment.status === 'missed') return 'missed';
  if (appointment.status !== 'completed') return null;
  return isEndedByTime(appointment) ? 'time-over' : 'ended';
}

/** Time ends a call at exactly endsAt + 15 min; the doctor's end always lies before it (calls/state). */
const isEndedByTime = ({ endsAt, call }: Appointment) =>
  call.endedAt !== null && Date.parse(call.endedAt) >= Date.parse(endsAt) + 15 * 60_000;

export function nextFlow(flow: CallFlow, event: CallFlowEvent): CallFlow {
  switch (event.type) {
    case 'join-asked':
      return flow.phase === 'lobby' || canComeBack(flow) ? { phase: 'joining', obstacle: null, attempt: 1 } : flow;
    case 'join-withdrawn':
      return flow.phase === 'joining' ? { phase: 'lobby', obstacle: null } : flow;
    case 'join-hindered':
      return flow.phase === 'joining' ? hindered(flow.attempt, event.obstacle) : flow;
    case 'retry-due':
      return flow.phase === 'joining' && flow.obstacle !== null
        ? { phase: 'joining', obstacle: null, attempt: flow.attempt + 1 }
        : flow;
    case 'session-moved':
      return moved(flow, event.state);
    case 'ended':
      return flow.phase === 'ended' && !canComeBack(flow) ? flow : { phase: 'ended', reason: event.reason };
  }
}

/** Some obstacles pass by themselves, and the page waits for that; the others are the person's to clear. */
const hindered = (attempt: number, obstacle: Obstacle): CallFlow =>
  'retryAt' in obstacle ? { phase: 'joining', obstacle, attempt } : { phase: 'lobby', obstacle };

function moved(flow: CallFlow, state: 'connecting' | 'waiting' | 'connected' | 'reconnecting'): CallFlow {
  if (flow.phase === 'ended' || flow.phase === 'lobby') return flow;
  const wasTogether = flow.phase === 'connected' || flow.phase === 'reconnecting';
  if (state === 'connecting' && wasTogether) return { phase: 'reconnecting' };
  return flow.phase === state ? flow : { phase: state };
}
