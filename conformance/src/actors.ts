import { randomUUID } from 'node:crypto';
import type { Answer, OperationId, SuccessBody } from './driver/answer.ts';
import { toAnswer } from './driver/answer.ts';
import { exchange } from './driver/connection.ts';
import { getOperation } from './driver/contract.ts';
import type { SuiteTarget } from './target.ts';

export type Role = 'doctor' | 'user';

/** Requests are typed loosely on purpose: what breaks the contract must be sendable too. */
export type SendOptions = {
  path?: Record<string, string>;
  query?: Record<string, string | number | readonly string[] | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  rawBody?: string | Uint8Array;
  /** The media type of the body, `application/json` unless told; null sends none. */
  contentType?: string | null;
  headers?: Record<string, string>;
  /** The conformance clock for this request; needs the clock profile. */
  now?: string | undefined;
  /** Another bearer token than the actor's; null sends none. */
  token?: string | null;
  /** Which replica is asked, by its index (modulo their number); the first unless told. */
  replica?: number;
};

/** Somebody who talks to the target; without an account and token: anybody. */
export class Actor {
  readonly target: SuiteTarget;
  readonly token: string | null;
  /** The clock of every request that does not name another. */
  readonly now: string | undefined;
  readonly replica: number;

  constructor(target: SuiteTarget, token: string | null = null, now?: string, replica = 0) {
    this.target = target;
    this.token = token;
    this.now = now;
    this.replica = replica;
  }

  /**
   * Performs one operation of the contract.
   * @throws NoAnswer, TargetGone (see `exchange`); any answer, of whatever status, is returned.
   */
  async send<Id extends OperationId>(operationId: Id, options: SendOptions = {}): Promise<Answer<SuccessBody<Id>>> {
    const operation = getOperation(operationId);
    const body = options.rawBody === undefined ? encode(options.body) : Buffer.from(options.rawBody);
    const request = {
      method: operation.method,
      path: fill(operation.template, options.path ?? {}) + queryOf(options.query ?? {}),
      headers: this.#headers(options, body !== null),
      body,
    };
    const { urls } = this.target;
    const url = urls[(options.replica ?? this.replica) % urls.length] ?? '';
    const { response, ms } = await exchange(url, operationId, request, this.target);
    return toAnswer(response, ms);
  }

  #headers(options: SendOptions, hasBody: boolean): Record<string, string> {
    const token = options.token === undefined ? this.token : options.token;
    const now = options.now ?? this.now;
    const type = options.contentType === undefined ? 'application/json' : options.contentType;
    return {
      ...this.target.headers,
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(now !== undefined && { 'conformance-now': now }),
      ...(hasBody && type !== null && { 'content-type': type }),
      ...options.headers,
    };
  }
}

export type Account = SuccessBody<'createAccount'>;

/** An actor with an account of its own and one session. */
export class Person extends Actor {
  readonly account: Account;
  readonly password: string;

  constructor(target: SuiteTarget, account: Account, password: string, token: string, now?: string, replica = 0) {
    super(target, token, now, replica);
    this.account = account;
    this.password = password;
  }

  get id(): string {
    return this.account.id;
  }

  get email(): string {
    return this.account.email;
  }

  get displayName(): string {
    return this.account.displayName;
  }

  /** The same person, asking another replica. */
  on(replica: number): Person {
    return new Person(this.target, this.account, this.password, this.token ?? '', this.now, replica);
  }

  /** The same person at another time (needs the clock profile). */
  at(now: string): Person {
    return new Person(this.target, this.account, this.password, this.token ?? '', now, this.replica);
  }

  /** The same person with another session, made now or at `now`. */
  async logInAgain(now: string | undefined = this.now): Promise<Person> {
    const login = await logIn(this.target, this.email, this.password, now);
    return new Person(this.target, this.account, this.password, login.token, now, this.replica);
  }
}

/** A name nobody else has; accounts of the suite are found again by `@duet.invalid` and `Duet `. */
export function uniqueName(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}

/**
 * Makes an account through the API and logs in.
 * @throws Error when the target refuses either, with its answer.
 */
export async function createPerson(
  target: SuiteTarget,
  role: Role,
  options: { now?: string | undefined; specialty?: string } = {},
): Promise<Person> {
  const name = uniqueName();
  const [email, password] = [`${role}-${name}@duet.invalid`, `password of ${name}`];
  const created = await new Actor(target, null, options.now).send('createAccount', {
    body: {
      email,
      password,
      role,
      displayName: `Duet ${role} ${name}`,
      ...(role === 'doctor' && { inviteCode: target.inviteCode ?? '' }),
      ...(options.specialty !== undefined && { specialty: options.specialty }),
    },
  });
  if (created.status !== 201) throw new Error(refusal(`createAccount for a ${role}`, created, target));
  const session = await logIn(target, email, password, options.now);
  return new Person(target, created.body, password, session.token, options.now);
}

async function logIn(
  target: SuiteTarget,
  email: string,
  password: string,
  now?: string,
): Promise<SuccessBody<'login'>> {
  const answer = await new Actor(target, null, now).send('login', { body: { email, password } });
  if (answer.status !== 201) throw new Error(refusal('login', answer, target));
  return answer.body;
}

function refusal(what: string, answer: Answer, target: SuiteTarget): string {
  const hint =
    answer.problem?.code === 'invite-required' && target.inviteCode === null
      ? '; give the invite code with --invite-code'
      : '';
  return `${what} answered ${answer.status} ${answer.problem?.code ?? answer.text.slice(0, 200)}${hint}`;
}

function encode(body: unknown): Uint8Array | null {
  return body === undefined ? null : Buffer.from(JSON.stringify(body));
}

function fill(template: string, path: Record<string, string>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined) throw new Error(`the path parameter ${name} of ${template} is not given`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: NonNullable<SendOptions['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, String(one)]),
  );
  return pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${encodeURIComponent(name ?? '')}=${encodeURIComponent(value ?? '')}`).join('&')}`;
}
