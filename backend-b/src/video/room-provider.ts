import type { ProviderName, Room } from '../features/calls/calls.state.ts';
import type { Profile } from '../features/accounts/accounts.rules.ts';
import type { Schemas } from '../http/contract.ts';

export interface GrantInput {
  room: Pick<Room, 'name'>;
  connectionId: string;
  account: Profile;
  epoch: number;
  /** When the call is over at the latest. */
  expiresAt: Date;
}

/** Who carries the video: rooms are made and ended there, and a join is granted in its terms. */
export interface RoomProvider {
  readonly name: ProviderName;
  /** Whether the join itself connects its caller; else the provider tells later who is connected. */
  readonly isConnectedByJoin: boolean;
  /**
   * Makes the room of a name, or finds the one that a racer has just made. Absent where rooms need no making.
   * @returns the provider's id of it
   * @throws Problem video-unavailable
   */
  makeRoom?: (name: string) => Promise<string>;
  /** Ends a room in the background, trying again when that fails: nobody waits for it. */
  endRoom: (providerId: string) => void;
  grantJoin: (input: GrantInput, now: Date) => Schemas['JoinGrant'];
  /** Gives what still goes on in the background a moment to end. */
  close: () => Promise<void>;
}
