import type { ScenarioName } from '../../study/records.ts';

/** What the desk and a virtual user of k6 say to each other, as JSON; used on both sides, so types alone. */

/** A server's address, without a trailing slash, and which world is its own: its people are asked for once and kept. */
export type Server = { url: string; world: string };

/** One slice of load: each server has a burst to itself, in an order drawn anew every round. */
export type Order = {
  kind: 'load';
  scenario: ScenarioName;
  servers: Server[];
  /** The server of each burst, by its place in `servers`. */
  bursts: number[];
  burstMs: number;
  /** When the first burst begins, in milliseconds since 1970: all virtual users change servers at once. */
  beginsAt: number;
};

export type Instruction = Order | { kind: 'end' };

/** What a virtual user saw of one server during an order. */
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
