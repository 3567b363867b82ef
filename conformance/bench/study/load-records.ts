import type { ScenarioName } from './records.ts';

/** CPU time by whose it was. */
export type CpuMs = { server: number; database: number; generator: number };

export type Latency = { p50: number; p90: number; p99: number; max: number };

/**
 * Steady load on one server that shares the machine with the generator and the database alone; or, merged from several
 * machines, on a service, of which no CPU time is known.
 */
export type Load = {
  kind: 'load';
  purpose: 'capacity' | 'curve' | 'frozen server';
  scenario: ScenarioName;
  block: number;
  subject: string;
  /** How many machines sent it, where these were others than the server's. */
  runners?: number;
  /**
   * Closed: so many connections that wait for their answers. Open: a rate whatever the answers do, as a share of the
   * floor's knee; null where no floor was measured.
   */
  loop: { kind: 'closed'; connections: number } | { kind: 'open'; ratePerSecond: number; share: number | null };
  /** The server was stopped for `ms`, every `everyMs`. */
  frozen: { ms: number; everyMs: number } | null;
  durationMs: number;
  sent: number;
  /** Above 0 the cell is invalid: the generator could not keep the rate. */
  dropped: number;
  failures: number;
  compared: number;
  mismatches: number;
  cpu: CpuMs;
  /** How late requests left; zeros in a closed loop. */
  startLag: Latency;
  /** HDR histogram (V2, compressed, base64) of microseconds from the intended start to the answer's end; the actual one in a closed loop. */
  fromIntendedStart: string;
  /** The same from the actual sending. */
  fromSending: string;
};

/** Messages written while many event streams are open: how long until each stream was told. */
export type FanOut = {
  kind: 'fan-out';
  block: number;
  subject: string;
  streams: number;
  writes: number;
  /** Requests that did not leave, or were not acknowledged: above 0 the cell is invalid. */
  dropped: number;
  failures: number;
  /** Events on all streams together: of each acknowledged write one on each stream of both people. */
  expected: number;
  delivered: number;
  doubled: number;
  cpu: CpuMs;
  residentBytes: number;
  /** HDR histogram (V2, compressed, base64) of microseconds from the sending of the write (known to the millisecond) to the event's arrival. */
  delivery: string;
};

/**
 * Second by second: a spike of load, or a long steady one, in an open loop. The server's own runtime is watched by a
 * preload, so it is a process of its own that nothing else is measured of.
 */
export type Timeline = {
  kind: 'timeline';
  scenario: 'spike' | 'soak';
  block: number;
  subject: string;
  load: ScenarioName;
  /** One after the other; a share is of the floor's knee. */
  stages: { share: number; ratePerSecond: number; seconds: number }[];
  compared: number;
  mismatches: number;
  startLag: Latency;
  cpu: CpuMs;
  /** Times from the intended start. In a second of which something was dropped they do not count. */
  points: {
    second: number;
    requests: number;
    failures: number;
    dropped: number;
    p50: number;
    p99: number;
    serverCpuMs: number;
    residentBytes: number;
    eventLoopDelayP99: number;
    collectionMs: number;
  }[];
};
