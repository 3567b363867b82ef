import type { Schemas } from '../../http/contract.ts';
import { completionOf, livingRoom, presenceAt, type Call, type Span } from './calls.state.ts';

/**
 * The call as both participants see it at an instant.
 * @rule calls/state
 */
export function callView(call: Call, span: Span, now: Date): Schemas['Call'] {
  const completion = completionOf(call, span, now);
  const room = livingRoom(call, span, now);
  const participants = call.participants.map((participant) => {
    const { isConnected, leftAt } = presenceAt(participant, completion, now);
    return {
      accountId: participant.accountId,
      connected: isConnected,
      joinedAt: participant.joinedAt.toISOString(),
      leftAt: leftAt?.toISOString() ?? null,
    };
  });
  const connected = participants.filter((participant) => participant.connected).length;
  return {
    state: completion ? 'ended' : !room ? 'none' : connected === 2 ? 'active' : 'waiting',
    roomName: room?.name ?? null,
    participants,
    startedAt: call.startedAt?.toISOString() ?? null,
    endedAt: completion?.toISOString() ?? null,
  };
}
