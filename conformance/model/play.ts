import { getOperation } from '../src/driver/contract.ts';
import type { ReceivedResponse } from '../src/driver/exchange.ts';
import { judge } from '../src/driver/judge.ts';
import { createMemory, type KnownSession, type Memory, remember, rememberEtag } from './memory.ts';
import { bodyOf, type Observation, observe } from './observe.ts';
import { newest, resolveAll } from './resolve.ts';
import { cast, type Operand, type Somebody, type Step, step, type Wait } from './step.ts';
import type { AskedRequest, System } from './system.ts';
import { isWalked, walk } from './walk.ts';

/** One thing that was seen on a system, and what it was the answer to. */
export type Seen = { label: string; step: Step; observation: Observation };
export type Asked = { step: Step; request: AskedRequest; path: Record<string, string>; token: string | null };

/** `beginning`: milliseconds since 1970. Without a clock the systems go by real time. */
export type Timing = { beginning: number; hasClock: boolean };

const minute = 60_000;

/** A sequence as one system performs it. */
export class Play<Sort extends System = System> {
  readonly system: Sort;
  readonly memory: Memory;
  readonly timing: Timing;
  now: number;

  constructor(system: Sort, mark: string, timing: Timing, memory = createMemory(mark), now = timing.beginning) {
    this.system = system;
    this.memory = memory;
    this.timing = timing;
    this.now = now;
  }

  /** Performs a step and all that it needs before it. */
  async perform(step: Step): Promise<Seen[]> {
    const seen: Seen[] = [];
    this.wait(step.wait);
    for (const who of peopleIn(step)) seen.push(...(await this.introduce(who)));
    if (this.#needsSession(step) && step.who !== 'nobody') seen.push(...(await this.#logIn(step.who)));
    for (let time = 1; time <= step.times; time++) {
      const asked = this.ask(step);
      const observation = this.hear(asked, await this.#answerTo(asked));
      seen.push({ label: labelOf(step), step, observation });
    }
    return isWriteOnAppointment(step) ? [...seen, ...(await this.perform(readAfter(step)))] : seen;
  }

  /** Makes an account with a session for somebody who has none. */
  async introduce(who: Somebody): Promise<Seen[]> {
    if (this.memory.people[who]) return [];
    const account = newAccount(who);
    const asked = this.ask(account);
    const response = await this.system.send(asked.request);
    this.memory.people[who] = { id: String(Object(bodyOf(response))['id']), sessions: [] };
    this.memory.symbols.set(this.memory.people[who].id, who);
    const created = { label: `the account of ${who}`, step: account, observation: this.hear(asked, response) };
    return [created, ...(await this.#logIn(who))];
  }

  async #logIn(who: Somebody): Promise<Seen[]> {
    const login = newSession(who);
    const asked = this.ask(login);
    const observation = this.hear(asked, await this.system.send(asked.request));
    return [{ label: `the session of ${who}`, step: login, observation }];
  }

  #needsSession({ who, operation, session }: Step): boolean {
    return who !== 'nobody' && session === 0 && !getOperation(operation).open && !this.#goodSessionOf(who);
  }

  #goodSessionOf(who: Somebody): KnownSession | undefined {
    const isGood = ({ isLoggedOut, expiresAt }: KnownSession): boolean => !isLoggedOut && !(expiresAt <= this.now);
    return this.memory.people[who]?.sessions.findLast(isGood);
  }

  /** The request that a step is on this system now. */
  ask(step: Step): Asked {
    const { memory, system, timing, now } = this;
    const place = { memory, who: step.who, beginning: timing.beginning, now, inviteCode: system.inviteCode };
    const path = resolveAll(step.path, place, '') as Record<string, string>;
    const appointmentId = path['appointmentId'] ?? '';
    const query = resolveAll(step.query, place, appointmentId);
    const body = step.body && resolveAll(step.body, place, appointmentId);
    const { method, template } = getOperation(step.operation);
    const token = this.#tokenOf(step);
    const request = {
      operationId: step.operation,
      method,
      path: template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '') + queryOf(query),
      headers: {
        ...this.headersOf(token),
        ...(body && { 'content-type': 'application/json' }),
        ...(resolveAll(step.headers, place, appointmentId) as Record<string, string>),
      },
      body: body && Buffer.from(JSON.stringify(body)),
      replica: step.replica,
    };
    return { step, request, path, token };
  }

  headersOf(token: string | null): Record<string, string> {
    return {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(this.timing.hasClock && { 'conformance-now': new Date(this.now).toISOString() }),
    };
  }

  /** Takes an answer in: what is seen of it, and what later steps can refer to. */
  hear({ step, request, path, token }: Asked, response: ReceivedResponse): Observation {
    const { memory, timing, system } = this;
    const body = bodyOf(response);
    remember(memory, step.operation, { who: step.who, token, path, status: response.status, body });
    const etag = response.headers['etag'];
    if (etag !== undefined) rememberEtag(memory, path['appointmentId'] ?? String(Object(body)['id']), etag);
    const broken = system.isJudged && response.status > 0 ? brokenBy(request, response) : [];
    return observe({ memory, hasClock: timing.hasClock }, step.operation, response, broken);
  }

  #answerTo({ step, request }: Asked): Promise<ReceivedResponse> {
    if (!isWalked(step)) return this.system.send(request);
    return walk(this.system, request, (cursor) => this.memory.cursors.push({ cursor, who: step.who }));
  }

  wait(wait: Wait | null): void {
    if (wait) this.now = Math.max(this.now, this.#instantOf(wait));
  }

  #instantOf(wait: Wait): number {
    if ('for' in wait) return this.now + wait.for;
    const { appointments } = this.memory;
    const appointment = newest(appointments, wait.appointment);
    if (!appointment) return this.now;
    const { startsAt, endsAt } = appointment;
    const instants = { opening: startsAt - 10 * minute, start: startsAt, end: endsAt, over: endsAt + 15 * minute };
    return instants[wait.until] + wait.off;
  }

  #tokenOf({ who, session, operation }: Step): string | null {
    if (who === 'nobody' || getOperation(operation).open) return null;
    const sessions = this.memory.people[who]?.sessions ?? [];
    const chosen = session === 0 ? (this.#goodSessionOf(who) ?? sessions[0]) : sessions[session % sessions.length];
    return chosen?.token ?? null;
  }
}

/** Refused or not, a write is followed by a look at its appointment. */
const isWriteOnAppointment = ({ operation, path }: Step): boolean =>
  'appointmentId' in path && getOperation(operation).method !== 'GET';
const readAfter = ({ who, path, session }: Step): Step => step(who, 'getAppointment', { path, session });

const labelOf = ({ who, operation }: Step): string => `${who} ${operation}`;

const brokenBy = (request: AskedRequest, response: ReceivedResponse): string[] =>
  judge(request, response).map(({ rule, failure }) => `${rule}: ${failure.message}`);

function queryOf(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}

/** Who must have an account before a step. */
export function peopleIn(step: Step): Somebody[] {
  const named = new Set<string>([step.who]);
  const visit = (value: Operand): void => {
    if (typeof value !== 'object') return;
    if ('$' in value && value.$ === 'account') named.add(String(Object(value)['who']));
    else if ('$' in value && value.$ === 'email') named.add(String(Object(value)['of']));
    else Object.values(value).forEach(visit);
  };
  [step.path, step.query, step.headers, step.body ?? {}].forEach(visit);
  return cast.filter((who) => named.has(who));
}

function newAccount(who: Somebody): Step {
  const role = who.startsWith('doctor') ? 'doctor' : 'user';
  return step('nobody', 'createAccount', {
    body: {
      email: { $: 'email', of: who, spelling: 'as given' },
      password: { $: 'password', isRight: true },
      displayName: { $: 'name', text: who },
      role,
      ...(role === 'doctor' && { inviteCode: { $: 'invite code', form: 'right' } as const }),
    },
  });
}

function newSession(who: Somebody): Step {
  return step('nobody', 'login', {
    body: { email: { $: 'email', of: who, spelling: 'as given' }, password: { $: 'password', isRight: true } },
  });
}
