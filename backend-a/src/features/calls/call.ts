/** What is stored of an appointment's call. */
export interface Call {
  /** The first join. */
  readonly startedAt: Date | null;
  /** When the doctor ended it. */
  readonly endedAt: Date | null;
  /** How often the doctor has joined. */
  readonly epoch: number;
  /** The room that is not marked as ended; time may have discarded it all the same. */
  readonly room: Room | null;
  readonly doctorPlace: Place | null;
  readonly userPlace: Place | null;
}

export interface Room {
  readonly id: string;
  readonly name: string;
  /** The provider's own id; null where a room is a name only. */
  readonly sid: string | null;
  readonly openedAt: Date;
}

/** The place of one of the two in the call; the newest join owns it. */
export interface Place {
  readonly roomId: string;
  readonly connectionId: string;
  /** The first join of this participant. */
  readonly joinedAt: Date;
  readonly connectedAt: Date | null;
  /** The last heartbeat; null where the provider itself says who leaves. */
  readonly seenAt: Date | null;
  readonly leftAt: Date | null;
}

export const noCall: Call = {
  startedAt: null,
  endedAt: null,
  epoch: 0,
  room: null,
  doctorPlace: null,
  userPlace: null,
};
