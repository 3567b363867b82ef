import type { CpuMs, FanOut, Latency, Load, Timeline } from './load-records.ts';

export type { CpuMs, FanOut, Latency, Load, Timeline } from './load-records.ts';

/**
 * The raw data of a study: one JSON object a line, the header first, the footer last. Whatever the study says is computed
 * from these records alone, so that the same file always gives the same page. Times are milliseconds and sizes bytes,
 * unless a name says otherwise.
 */
export type StudyRecord =
  | Header
  | Verdict
  | Start
  | Memory
  | Slice
  | Load
  | FanOut
  | Timeline
  | Statements
  | Invariant
  | Facts
  | NotMeasured
  | Step
  | Footer;

export const STUDY_FORMAT = 1;

export type ProductName = 'floor' | 'backend-a' | 'backend-b';
export type ScenarioName = 'point-read' | 'list' | 'booking' | 'message' | 'login' | 'mixed-day';
/** How the measured operations reach the database: one named statement each, or through the ORM. The floor knows no choice. */
export type Series = 'statements' | 'orm';

export type Header = {
  kind: 'header';
  format: typeof STUDY_FORMAT;
  /**
   * quick judges CPU a request on two scenarios; full measures everything; short only tries whether all of it works. load
   * is one load on a service, merged from the machines that sent it.
   */
  profile: 'short' | 'quick' | 'full' | 'load';
  seed: number;
  startedAt: string;
  commit: string;
  /** Whether the working folder was that commit, nothing else. */
  isClean: boolean;
  /** Null for a load from several machines. */
  machine: { processor: string; cores: number; memoryBytes: number; kernel: string; system: string } | null;
  /** node, postgres, k6, and each backend's framework and ORM; of a load the contract's and what the server said of itself. */
  versions: Record<string, string>;
  subjects: Subject[];
  scenarios: ScenarioName[];
  design: {
    /** Rounds with processes and databases of their own. */
    blocks: number;
    /** Slices a scenario in each block. */
    repetitions: number;
    /** Of one subject. */
    burstMs: number;
    /** Bursts a subject in each slice. */
    rounds: number;
    connections: number;
  };
};

/** What is measured beside others: a product as it was started. */
export type Subject = {
  /** Such as `floor`, `floor again`, `backend-a`, `backend-a orm`, `backend-a node20`. */
  name: string;
  product: ProductName;
  /** floor: the unit; control: the floor a second time, which shows what differs by chance; measured: all others. */
  role: 'floor' | 'control' | 'measured';
  series: Series | null;
  /** Such as v24.21.0. */
  node: string;
};

/** What the suite said of a product at the header's commit; without `conformant` nothing of it is printed as a number. */
export type Verdict = {
  kind: 'verdict';
  product: ProductName;
  series: Series | null;
  /** That it ran on, such as v24.21.0. */
  node: string;
  outcome: 'conformant' | 'not conformant' | 'not judged';
  /** Ids of the MUST rules that failed, or the reason why it was not judged. */
  failed: string[];
  rules: number;
};

/** From the start of the process to the first 200 of /readyz. */
export type Start = { kind: 'start'; block: number; subject: string; readyMs: number; cpuMs: number };

export type Memory = {
  kind: 'memory';
  block: number;
  subject: string;
  moment: 'ready' | 'loaded';
  residentBytes: number;
};

/** A second or two of closed load on all subjects, by turns in short bursts, and what of it was one subject's. */
export type Slice = {
  kind: 'slice';
  scenario: ScenarioName;
  block: number;
  repetition: number;
  subject: string;
  /** How long its bursts were together. */
  durationMs: number;
  requests: number;
  /** Answers that were not the expected status. */
  failures: number;
  /** How many answers were compared in full, and how many of them differed. */
  compared: number;
  mismatches: number;
  cpu: CpuMs;
  latency: Latency;
};

/** From pg_stat_statements, over some thousand requests of one kind. */
export type Statements = {
  kind: 'statements';
  scenario: ScenarioName;
  subject: string;
  requests: number;
  statements: number;
  databaseMs: number;
  /** The texts by how often they were called a request, most first. */
  texts: { text: string; calls: number }[];
};

/** What must hold of the data after the load, by reading it back through the API. */
export type Invariant = {
  kind: 'invariant';
  scenario: ScenarioName;
  block: number;
  subject: string;
  sentence: string;
  expected: number;
  found: number;
};

/** What a product is, apart from its speed. */
export type Facts = {
  kind: 'facts';
  product: ProductName;
  /**
   * Lines that are neither empty nor comment, by layer: http, routes, services, rules, repositories, statements, entities,
   * schema (migrations and Prisma's schema), database, video, other. Tests apart; without generated code.
   */
  lines: { layer: string; files: number; lines: number }[];
  testLines: number;
  /** Without the contract's package. `optionalPeers`: those of `transitive` that no package needs (see `optionalPeerBytes`). */
  dependencies: { direct: string[]; transitive: number; optionalPeers: number };
  /** What `npm ci --omit=dev` of this product alone puts on the disk. */
  installBytes: number;
  /** Of these, what is there only because a package names it as an optional peer and the product is developed with it. */
  optionalPeerBytes: number;
  /** Of each run of `npm run build` and of `npm test` (unit tests); none of the floor, which has neither. */
  buildMs: number[];
  testMs: number[];
  /**
   * Of one request of each scenario but the mixed day, as the process printed it: lines with text in them, and bytes with
   * their line breaks. The floor has no mode for people.
   */
  logs: { mode: 'production' | 'dev'; scenario: ScenarioName; lines: number; bytes: number; text: string }[];
};

/** Why a part of the study is missing. */
export type NotMeasured = { kind: 'not-measured'; part: string; reason: string };

/** A part of the run that is whole. Without a footer, what follows the last of them is of a part that is not. */
export type Step = { kind: 'step'; name: string; endedAt: string };

/** A file without it is of a run that did not end. */
export type Footer = { kind: 'footer'; records: number; endedAt: string };
