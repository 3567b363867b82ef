import type {
  Facts,
  Footer,
  Header,
  Invariant,
  NotMeasured,
  ScenarioName,
  Timeline,
  Verdict,
  Statements,
} from './records.ts';

/** What the records say once they are analysed; the page and the Markdown are made from this alone. */
export type Study = {
  header: Header;
  /** Null for a run that did not end. */
  footer: Footer | null;
  verdicts: Verdict[];
  comparisons: Comparison[];
  /** The floor against the floor: what differs by chance. */
  spreads: Spread[];
  costs: Cost[];
  curves: CurvePoint[];
  /** Of a run of the profile load alone. */
  services: ServiceLoad[];
  capacity: CapacityPoint[];
  starts: StartTime[];
  memory: MemoryUse[];
  statements: StatementUse[];
  fanOut: FanOutCell[];
  timelines: Timeline[];
  frozen: Frozen[];
  facts: Facts[];
  invariants: Invariant[];
  /** A `part` that is one of `Part` stands in the place of that part; any other is listed. */
  notMeasured: NotMeasured[];
};

/** 95 %. Of ratios (1 = same) where nothing else is said. */
export type Interval = { estimate: number; low: number; high: number };

/** `all-cpu` is the server's and the database's, without the generator's. */
export type Metric = 'server-cpu' | 'all-cpu' | 'requests-per-second' | 'p99';

export type Comparison = {
  scenario: ScenarioName;
  metric: Metric;
  subject: string;
  /** The floor, or another subject: the other backend, the same one as shipped, the same one on another Node. */
  base: string;
  ratio: Interval;
  adjustedP: number;
  verdict: 'faster' | 'slower' | 'equivalent' | 'inconclusive';
  reason?: string;
};

export type Spread = { scenario: ScenarioName; metric: Metric; ratio: Interval };

/** Numbers, or why they do not count: dropped requests, answers that differed. */
export type Cell<Numbers> = Numbers | Invalid;
export type Invalid = { invalid: string };

/** What a request costs in the closed slices. An invalid cell also takes its subject's comparisons of that scenario. */
export type Cost = {
  scenario: ScenarioName;
  subject: string;
  cell: Cell<{ serverCpuMs: Interval; databaseCpuMs: Interval; requestsPerSecond: Interval; p99: Interval }>;
};

export type Percentiles = { p50: number; p90: number; p99: number; max: number };

/** Open loop, from the intended start. */
export type CurvePoint = {
  scenario: ScenarioName;
  subject: string;
  /** Of the floor's knee. */
  share: number;
  ratePerSecond: number;
  cell: Cell<Percentiles>;
};

/** Open loop from several machines on a service, from the intended start. */
export type ServiceLoad = {
  scenario: ScenarioName;
  subject: string;
  /** How many machines sent it. */
  runners: number;
  ratePerSecond: number;
  /** For how long all of them sent. */
  durationMs: number;
  sent: number;
  compared: number;
  cell: Cell<Percentiles>;
};

export type CapacityPoint = {
  scenario: ScenarioName;
  subject: string;
  connections: number;
  cell: Cell<{ requestsPerSecond: Interval; serverCpuMs: Interval }>;
};

export type StartTime = { subject: string; readyMs: Interval; cpuMs: Interval };

export type MemoryUse = { subject: string; moment: 'ready' | 'loaded'; residentBytes: Interval };

/** For one request. */
export type StatementUse = Pick<Statements, 'scenario' | 'subject' | 'statements' | 'databaseMs' | 'texts'>;

export type FanOutCell = {
  subject: string;
  streams: number;
  expected: number;
  delivered: number;
  doubled: number;
  cell: Cell<Percentiles & { serverCpuMsAnEvent: number; residentBytes: number }>;
};

/** The same pause of the server, seen by a generator that keeps its rate and by one that waits for answers. */
export type Frozen = {
  scenario: ScenarioName;
  subject: string;
  frozenMs: number | null;
  open: Cell<Percentiles>;
  closed: Cell<Percentiles>;
};

export type Part =
  | 'latency curves'
  | 'throughput by concurrency'
  | 'statements'
  | 'memory'
  | 'cold start'
  | 'fan-out'
  | 'spike'
  | 'soak'
  | 'frozen server'
  | 'node versions'
  | 'cost of ownership';
