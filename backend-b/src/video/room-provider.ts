import type { ProviderName, Room } from '../features/calls/calls.state.ts';
import type { Profile } from '../features/accounts/accounts.rules.ts';
import type { Schemas } from '../http/contract.ts';

export interface GrantInput {
  room: Room;
  connectionId: string;
  account: Profile;
  epoch: number;
  /** When the call is over at the latest. */
  expiresAt: Date;
}

/** Who carries the video: rooms are opened and ended there, and a join is granted in its terms. */
export interface RoomProvider {
  readonly name: ProviderName;
  /** Whether the join itself connects its caller; else the provider tells later who is connected. */
  readonly isConnectedByJoin: boolean;
  grantJoin: (input: GrantInput) => Schemas['JoinGrant'];
}
