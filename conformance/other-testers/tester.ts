import type { SuiteTarget } from '../src/target.ts';

/** What a tester says is wrong. */
export type Finding = {
  /** `GET /v1/me`, or what a tester says of no operation alone. */
  operation: string;
  /** The tester's own name of what it looked for. */
  check: string;
  /** Its own words, the first lines of them. */
  message: string;
};

/** One run of a tester on one server. */
export type TesterRun = {
  findings: Finding[];
  seconds: number;
  /** Why it came to no result, when it did not. */
  failure?: string;
};

export type TesterSettings = {
  /** What is random begins with it. */
  seed: number;
  /** How many requests Schemathesis makes up for an operation, and how many sequences of them. */
  examples: number;
  /** After so long a run is ended, and has come to no result. */
  limitMs: number;
};

/** A tester that knows an API by its OpenAPI document, and a server by its URL. */
export type Tester = {
  name: 'schemathesis' | 'dredd';
  version: string;
  /** @throws the signal's reason when that is aborted */
  run(target: SuiteTarget, settings: TesterSettings, signal: AbortSignal): Promise<TesterRun>;
};

/** What tells findings apart: messages hold ids and instants, which are others each time. */
export const keyOf = ({ operation, check }: Finding): string => `${operation} ${check}`;

/** The findings that are none of the known ones, each operation and check once. */
export function newFindings(findings: Finding[], known: ReadonlySet<string>): Finding[] {
  const seen = new Set(known);
  return findings.filter((finding) => {
    const isNew = !seen.has(keyOf(finding));
    seen.add(keyOf(finding));
    return isNew;
  });
}
