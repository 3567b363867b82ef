import type { ScenarioName } from '../../study/records.ts';

/** What the desks and a virtual user of k6 say to each other, as JSON; used on both sides, so types alone. */

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

/** A load on one server, as a whole process of k6 is told of it. */
export type LoadOrder = {
  scenario: ScenarioName;
  url: string;
  /** Where the worlds are told, and where virtual users tell what they saw. */
  desk: string;
  /** The first turn in each world, so that no write is made twice. */
  firstTurn: number;
  loop: Loop;
};

/** Closed: each virtual user waits for its answer and asks again. Open: requests leave at a rate, whatever the answers do. */
export type Loop =
  { kind: 'closed'; connections: number; seconds: number } | { kind: 'open'; virtualUsers: number; stages: Stage[] };

export type Stage = { ratePerSecond: number; seconds: number };

/** What one virtual user of a load tells when it is over. */
export type Seen = {
  /** When the load began, in milliseconds since 1970; null for one that sent nothing. */
  beganAt: number | null;
  started: number;
  samples: Sample[];
  compared: number;
  mismatches: number;
  /** Acknowledged writes, by world. */
  acknowledged: number[];
  complaint: string | null;
};

/**
 * A request that ended: when it should have left in whole milliseconds since the load began (in a closed loop when it
 * left), by how many milliseconds it left later, microseconds until its answer, and 1 when the answer was not the
 * expected one.
 */
export type Sample = [due: number, lag: number, micros: number, isFailure: number];

/** What one runner of a distributed load tells first, on a line of its log: the whole load, and which part of it is its own. */
export type RunnerOrder = {
  kind: 'runner';
  /** When it began to make its people, as RFC 3339. */
  startedAt: string;
  scenario: ScenarioName;
  /** Of all runners together. */
  ratePerSecond: number;
  seconds: number;
  virtualUsers: number;
  /** Tells runs of the same load apart. */
  seed: number;
  /** That the scripts are of, with `-dirty` behind it when not all of it was committed. */
  commit: string;
  /** As k6 names a part: `1/4:1/2`. */
  segment: string;
  /** What the server said of itself. */
  server: { service: string; framework: string; orm: string; runtime: string; contractVersion: string };
};

/** What one virtual user of a runner tells when the load is over, on a line of the log, and of how many it is one. */
export type RunnerSeen = Seen & { kind: 'seen'; virtualUsers: number };
