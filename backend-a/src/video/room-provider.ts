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
  grant(entry: Entry): JoinGrant;
}
