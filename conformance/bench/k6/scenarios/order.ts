import type { ScenarioName } from '../../study/records.ts';

/** What the desk and a virtual user of k6 say to each other, as JSON; used on both sides, so types alone. */

/** One slice of load on one server. */
export type Order = {
  kind: 'load';
  scenario: ScenarioName;
  /** The server's address, without a trailing slash. */
  url: string;
  /** Which world: its people are asked for once and kept. */
  world: string;
  /** How long to send, in milliseconds. */
  durationMs: number;
  /** Virtual users who send; those with a higher number rest. */
  connections: number;
};

export type Instruction = Order | { kind: 'end' };

/** What a virtual user saw during an order. */
export type Sighting = {
  /** Times of all answers, in microseconds. */
  micros: number[];
  failures: number;
  compared: number;
  mismatches: number;
  /** Writes that were acknowledged, by whose conversation or calendar they went into. */
  acknowledged: number;
  /** The first answer that was not what it had to be, in words. */
  complaint: string | null;
};

export type Person = { id: string; email: string; password: string; token: string };

/** An appointment and the exact text with which it was answered before the load. */
export type Page = { path: string; text: string };

/** What a virtual user is and knows of one server: made through the API before the load. */
export type World = {
  /** Reads alone, so that nothing changes what is answered; the appointments are days ahead, so that time does not either. */
  reader: Person;
  appointments: Page[];
  list: Page;
  writer: Person;
  doctor: Person;
  /** Where the writer's messages go. */
  appointmentId: string;
  /** From here on the calendars of both are free. */
  freeFrom: number;
};
