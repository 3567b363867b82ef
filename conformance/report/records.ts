import type { RuleId } from '@duet/contract/rules';

export type Level = 'MUST' | 'SHOULD';
export type Profile = 'core' | 'clock' | 'launcher';
/** `left out`: the rule is not asked of that target, since another target of the run answers for it. */
export type Outcome = 'pass' | 'fail' | 'warn' | 'not tested' | 'error' | 'left out';
export type Verdict = 'conformant' | 'not conformant' | 'could not judge';

/** What a target says about itself: the body of getMeta. */
export type Meta = {
  service: string;
  framework: string;
  orm: string;
  runtime: string;
  contractVersion: string;
  videoProvider: string;
  conformanceClock: boolean;
};

/** `leftOut`: how many of the run's rules are not asked of it; none unless given. */
export type TargetInfo = { name: string; urls: string[]; meta: Meta; profiles: Profile[]; leftOut?: number };

/** The first record of a stream. `rules` are those of this run, which may be fewer than the contract has. */
export type RunRecord = {
  type: 'run';
  schema: 1;
  id: string;
  startedAt: string;
  contractVersion: string;
  seed: number;
  command: string;
  machine: { cpu: string; cores: number; memoryBytes: number; platform: string; node: string };
  rules: { id: RuleId; level: Level; profile: Profile }[];
  targets: TargetInfo[];
};

/** One request and its answer; passwords, tokens and invite codes are redacted already. `ms` is milliseconds. */
export type Exchange = {
  at: string;
  operationId: string | null;
  request: { method: string; url: string; headers: Record<string, string>; body: string | null };
  response: { status: number; headers: Record<string, string>; body: string } | null;
  ms: number;
};

export type Failure = { key: string; message: string; expected?: string; actual?: string; stack?: string };

export type Unit = 'ms' | 's' | 'count' | 'bytes';
export type Measurement = { name: string; value: number; unit: Unit; bound?: number };

export type TestRecord = {
  type: 'test';
  target: string;
  rule: RuleId;
  title: string;
  outcome: Exclude<Outcome, 'warn' | 'left out'>;
  reason?: string;
  ms: number;
  requests: number;
  measurements: Measurement[];
  failures: Failure[];
  exchanges: Exchange[];
};

/** What the judge found wrong in an answer, whichever rule's test had asked. */
export type ViolationRecord = {
  type: 'violation';
  target: string;
  rule: RuleId;
  during: { rule: RuleId; title: string };
  failure: Failure;
  exchange: Exchange;
};

export type RuleRecord = {
  type: 'rule';
  target: string;
  rule: RuleId;
  level: Level;
  outcome: Outcome;
  reason?: string;
  ms: number;
  tests: number;
  measurements: Measurement[];
};

export type VerdictRecord = {
  type: 'verdict';
  target: string;
  verdict: Verdict;
  profiles: Profile[];
  reason?: string;
  passed: number;
  failed: number;
  warned: number;
  notTested: number;
  errors: number;
  requests: number;
  judged: number;
  ms: number;
};

/** The footer. `records` counts all lines, this one too. */
export type EndRecord = { type: 'end'; finishedAt: string; ms: number; exitCode: 0 | 1 | 2; records: number };

export type ResultRecord = RunRecord | TestRecord | ViolationRecord | RuleRecord | VerdictRecord | EndRecord;
