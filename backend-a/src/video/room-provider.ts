import type { components } from '@duet/contract/types';

export type JoinGrant = components['schemas']['JoinGrant'];

/** What a participant needs a grant for. */
export interface Entry {
  readonly roomName: string;
  readonly connectionId: string;
  readonly accountId: string;
  readonly epoch: number;
  /** Whether this participant makes the offer. */
  readonly isOfferer: boolean;
  /** When the call is over at the latest. */
  readonly expiresAt: Date;
}

/** Where calls take place. */
export interface RoomProvider {
  readonly name: JoinGrant['provider'];
  /** Rooms that the provider keeps, and says who is in; null where a room is a name only, and joining it connects. */
  readonly rooms: RemoteRooms | null;
  grant(entry: Entry, now: Date): JoinGrant;
}

export interface RemoteRooms {
  /**
   * Makes the room with this name, or adopts it when it is there already.
   *
   * @returns the provider's own id of it
   * @throws Problem video-unavailable
   */
  ensure(name: string): Promise<string>;
  /** Ends a room for everybody, some time soon: it is tried again when the provider fails, and nobody waits for it. */
  complete(sid: string): void;
  /** Resolves when all that was to be completed is, or was given up. */
  settled(): Promise<void>;
}
