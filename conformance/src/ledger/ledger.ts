/** What was written and acknowledged, by a test that disturbs servers meanwhile: what must still be there afterwards. */
export type Ledger = {
  /** Message id by the id its sender gave it. */
  messages: Map<string, { id: string; appointmentId: string }>;
  /** Appointment ids, by the reason that no other booking has. */
  bookings: Map<string, { id: string; userId: string; doctorId: string }>;
  cancelled: Map<string, { userId: string; doctorId: string }>;
  /** Writes that never got an answer or a refusal: they may be there or not. */
  unknown: number;
};

export function emptyLedger(): Ledger {
  return { messages: new Map(), bookings: new Map(), cancelled: new Map(), unknown: 0 };
}

export function acknowledged({ messages, bookings, cancelled }: Ledger): number {
  return messages.size + bookings.size + cancelled.size;
}
