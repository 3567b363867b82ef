import type { RuleId } from '@duet/contract/rules';

export type Level = 'MUST' | 'SHOULD';
export type Profile = 'core' | 'clock' | 'launcher';
/**
 * `left out`: the rule is not asked of that target, since another target of the run answers for it. `known failure` and
 * `flaky`: the rule is listed so in the file of known failures; a flaky one may have passed this time.
 */
export type Outcome = TestOutcome | 'warn' | 'known failure' | 'flaky' | 'left out';
export type TestOutcome = 'pass' | 'fail' | 'not tested' | 'error';
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

/** `leftOut`: how many of the run's rules are not asked of it; none unless given. `basePath`: before every path. */
export type TargetInfo = {
  name: string;
  urls: string[];
  basePath?: string;
  meta: Meta;
  profiles: Profile[];
  leftOut?: number;
};

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

/** A piece of a request: text, the value of a variable, or an instant in milliseconds from the first step on. */
export type Part = string | { variable: string } | { instant: number };

/** A value that a later step needs: by a jq path from the answer's body, or by name from its headers. */
export type Capture = { variable: string; from: 'body' | 'header'; path: string };

/**
 * A request as it can be sent again: what the server had chosen, tokens among it, names that may be there only once and
 * secrets are variables. `at` is in milliseconds since 1970. `overlaps`: another was under way when it was sent.
 * `obstacle`: why it cannot be sent again by curl.
 */
export type Step = {
  at: number;
  method: string;
  url: Part[];
  headers: Record<string, Part[]>;
  body: Part[] | null;
  status: number | null;
  captures: Capture[];
  overlaps: boolean;
  obstacle?: string;
};

export type Failure = { key: string; message: string; expected?: string; actual?: string; stack?: string };

export type Unit = 'ms' | 's' | 'count' | 'bytes';
export type Measurement = { name: string; value: number; unit: Unit; bound?: number };

export type TestRecord = {
  type: 'test';
  target: string;
  rule: RuleId;
  title: string;
  outcome: TestOutcome;
  reason?: string;
  ms: number;
  requests: number;
  measurements: Measurement[];
  failures: Failure[];
  exchanges: Exchange[];
  /** All that it sent, its people's making first; of a test that failed or whose answers broke something. */
  steps?: Step[];
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

/**
 * An entry of the file of known failures, and what became of it. What `passes`, is `expired` or `matches nothing` fails the
 * run; a rule that the run did not choose is `not asked`. `why` says it in words, `file` is the file's path as given.
 */
export type KnownRecord = {
  type: 'known';
  list: 'known failures' | 'flaky';
  target: string;
  rule: string;
  reason: string;
  link: string;
  expires: string;
  file: string;
  state: 'holds' | 'not asked' | 'passes' | 'expired' | 'matches nothing';
  why: string;
};

/** `known` and `flaky` are none unless given. With either the verdict is `not conformant`, though the run may exit 0. */
export type VerdictRecord = {
  type: 'verdict';
  target: string;
  verdict: Verdict;
  profiles: Profile[];
  reason?: string;
  passed: number;
  failed: number;
  warned: number;
  known?: number;
  flaky?: number;
  notTested: number;
  errors: number;
  requests: number;
  judged: number;
  ms: number;
};

/** `missing` names what was never seen: operation, place and value, or schema and value. */
export type CoverageGroup = { name: string; expected: number; missing: string[] };

/**
 * What a whole run has seen of the contract at a target that it judged to its end. What is missing the suite did not ask or
 * the target did not show: a warning, and no part of the verdict.
 */
export type CoverageRecord = { type: 'coverage'; target: string; groups: CoverageGroup[] };

/** The footer. `records` counts all lines, this one too. */
export type EndRecord = { type: 'end'; finishedAt: string; ms: number; exitCode: 0 | 1 | 2; records: number };

export type ResultRecord =
  | RunRecord
  | TestRecord
  | ViolationRecord
  | RuleRecord
  | KnownRecord
  | CoverageRecord
  | VerdictRecord
  | EndRecord;
