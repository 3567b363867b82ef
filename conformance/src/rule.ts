import { performance } from 'node:perf_hooks';
import { type RuleId, rules } from '@duet/contract/rules';
import { beforeAll, describe, inject, type TestContext, test as vitestTest } from 'vitest';
import type { Measurement } from '../report/stream.ts';
import './matchers.ts';
import { Actor, createPerson, Person, type Role } from './actors.ts';
import type { Answer } from './driver/answer.ts';
import { sendRaw, type RawRequest } from './driver/raw.ts';
import { recordMeasurement, type Recording, startRecording, stopRecording } from './driver/recorder.ts';
export { nextLook };
import { nextLook } from './look.ts';
import { profilesOf, type SuiteTarget } from './target.ts';

/** What a test may need of a target; where it is lacking the test is 'not tested', with the reason. */
export type Need = 'clock' | 'launcher' | 'replicas' | 'peer' | 'twilio' | 'emulator';
/**
 * `quiet`: run alone at the end, since a bound in seconds is judged.
 * `waiting`: run before that, beside the other targets' waiting tests: a limit of seconds is waited out, which takes no core.
 */
export type Lane = 'busy' | 'waiting' | 'quiet';

export type TestOptions = {
  needs?: readonly Need[];
  lane?: Lane;
  /** Milliseconds the whole test may take; 90,000 unless told. */
  timeout?: number;
};

/** Hundreds of requests in a row take long on a machine that does much else; each answer has a limit of its own. */
const PATIENCE_MS = 90_000;

type PeopleOptions = { now?: string; specialty?: string };

/** The target as a rule test sees it. */
export class TestTarget {
  readonly suite: SuiteTarget;
  /** Somebody without an account. */
  readonly nobody: Actor;

  constructor(suite: SuiteTarget) {
    this.suite = suite;
    this.nobody = new Actor(suite);
  }

  get replicas(): readonly string[] {
    return this.suite.urls;
  }

  get inviteCode(): string {
    return this.suite.inviteCode ?? '';
  }

  /** The same target at other addresses, such as a server that the test has launched. */
  at(urls: string[]): TestTarget {
    return new TestTarget({ ...this.suite, urls, basePath: '', isLaunched: true });
  }

  /** Fresh accounts with a session each, in the order asked for; `{ now }` makes them at that time. */
  people<Roles extends Role[]>(...roles: Roles): Promise<{ [Index in keyof Roles]: Person }>;
  people<Roles extends Role[]>(options: PeopleOptions, ...roles: Roles): Promise<{ [Index in keyof Roles]: Person }>;
  async people(first: PeopleOptions | Role, ...rest: Role[]): Promise<Person[]> {
    const [options, roles] = typeof first === 'string' ? [{}, [first, ...rest]] : [first, rest];
    return Promise.all(roles.map((role) => createPerson(this.suite, role, withoutForeign(options, role))));
  }

  /** Any request at all, on a connection of its own. */
  raw(request: RawRequest & { replica?: number }): Promise<Answer> {
    const url = this.suite.urls[(request.replica ?? 0) % this.suite.urls.length] ?? '';
    return sendRaw(url, { ...request, headers: { ...this.suite.headers, ...request.headers } }, this.suite);
  }
}

export type TestKit = {
  target: TestTarget;
  /** Ends the test as 'not tested', for what only the running test can find out about the target. */
  notTested(reason: string): never;
};

export type RuleKit = {
  /** Declares one test of the rule; its title says in the indicative what the rule demands. */
  test(title: string, body: (kit: TestKit) => Promise<void>): void;
  test(title: string, options: TestOptions, body: (kit: TestKit) => Promise<void>): void;
  /** Accounts shared by the tests of this file: made once, before them. Read them inside the tests. */
  people<Roles extends Role[]>(...roles: Roles): { [Index in keyof Roles]: Person };
};

declare module 'vitest' {
  interface ProvidedContext {
    target: SuiteTarget;
    lane: Lane;
    /** What the run's random choices begin with. */
    seed: number;
  }
  interface TaskMeta {
    duet?: { rule: RuleId; recording: Recording; notTested?: string };
  }
}

/** Declares the tests of one rule; the file's path is the rule's id. */
export function rule(id: RuleId, define: (kit: RuleKit) => void): void {
  const suite = inject('target');
  const target = new TestTarget(suite);
  const wholeRule = needsOf(id);
  describe(id, () => {
    define({
      test(title: string, ...rest: [TestOptions, TestBody] | [TestBody]) {
        const [options, body] = rest.length === 2 ? rest : [{}, rest[0]];
        if ((options.lane ?? 'busy') !== inject('lane')) return;
        const lacking = lackOf(suite, [...wholeRule, ...(options.needs ?? [])]);
        declare(id, title, options, lacking, (notTested) => body({ target, notTested }));
      },
      people: (...roles: Role[]) => sharedPeople(target, roles) as never,
    });
  });
}

/** What every test of a rule needs: its provider, if it is about one, and its profile. */
function needsOf(id: RuleId): Need[] {
  const { profile, provider } = rules[id];
  return [...(provider === null ? [] : [provider]), ...(profile === 'core' ? [] : [profile])];
}

type TestBody = (kit: TestKit) => Promise<void>;

function declare(
  id: RuleId,
  title: string,
  options: TestOptions,
  lacking: string | undefined,
  body: (notTested: TestKit['notTested']) => Promise<void>,
): void {
  vitestTest(title, { timeout: options.timeout ?? PATIENCE_MS }, async (context: TestContext) => {
    const recording = startRecording();
    context.task.meta.duet = { rule: id, recording };
    const notTested = (reason: string): never => {
      context.task.meta.duet = { rule: id, recording, notTested: reason };
      context.skip(reason);
    };
    if (lacking !== undefined) notTested(lacking);
    try {
      await body(notTested);
    } finally {
      // The last exchanges tell why a test failed; of a passed one they are not kept.
      stopRecording();
    }
  });
}

/** The profile or provider a target lacks, in words; undefined when it lacks none. */
function lackOf(target: SuiteTarget, needs: readonly Need[]): string | undefined {
  const profiles = profilesOf(target);
  const isTwilio = target.meta.videoProvider === 'twilio';
  const reasons: Record<Need, string | false> = {
    clock: !profiles.includes('clock') && 'needs profile clock: start the target with CONFORMANCE_CLOCK=1',
    launcher: !profiles.includes('launcher') && 'needs profile launcher: give a launcher file with --launcher',
    replicas: target.urls.length < 2 && 'needs two replicas: give their URLs with --target name=url,url',
    peer: target.meta.videoProvider !== 'peer' && 'needs the video provider peer',
    twilio: !isTwilio && 'needs the video provider twilio',
    emulator:
      !target.twilio &&
      (isTwilio
        ? "needs the Twilio emulator behind the target: give its control's address with --twilio-control"
        : 'needs the video provider twilio'),
  };
  return needs.map((need) => reasons[need]).find((reason) => reason !== false) || undefined;
}

/** People are made before the first test that runs; until then there is nothing to read of them. */
function sharedPeople(target: TestTarget, roles: Role[]): Person[] {
  const made: Person[] = [];
  beforeAll(async () => {
    made.push(...(await target.people(...roles)));
  });
  return roles.map((_, index) => deferred(() => made[index]));
}

function deferred(find: () => Person | undefined): Person {
  return new Proxy(Object.create(Person.prototype) as Person, {
    get(_, property) {
      const person = find();
      if (!person) throw new Error('people are there inside the tests only');
      const value: unknown = Reflect.get(person, property, person);
      return typeof value === 'function' ? value.bind(person) : value;
    },
  });
}

function withoutForeign(options: PeopleOptions, role: Role): PeopleOptions {
  const { specialty, ...others } = options;
  return role === 'doctor' && specialty !== undefined ? { ...others, specialty } : others;
}

/**
 * Fires n calls at once over connections that are open already, round-robin over nothing: `call` chooses its replica.
 * @returns all answers, in the order of their calls.
 */
export function simultaneously<T>(n: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: n }, (_, index) => call(index)));
}

/** Opens n connections to each replica, so that what follows is not spread by their opening. */
export async function warmUp(target: TestTarget, n: number): Promise<void> {
  await Promise.all(
    target.replicas.map((_, replica) => simultaneously(n, () => target.nobody.send('getLiveness', { replica }))),
  );
}

/**
 * Asks again until the probe gives something else than undefined.
 * @throws Error after `seconds`, with the last reason.
 */
export async function within<T>(
  seconds: number,
  what: string,
  probe: () => Promise<T | undefined>,
): Promise<{ value: T; ms: number }> {
  const started = performance.now();
  for (;;) {
    const value = await probe();
    const ms = performance.now() - started;
    if (value !== undefined) return { value, ms };
    if (ms > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`);
    await nextLook();
  }
}

/** Puts a measured value beside the bound that the rule states into the report. */
export function measure(
  name: string,
  value: number,
  options: { bound?: number; unit?: Measurement['unit'] } = {},
): void {
  recordMeasurement({
    name,
    value: Math.round(value * 10) / 10,
    unit: options.unit ?? 'ms',
    ...(options.bound !== undefined && { bound: options.bound }),
  });
}
