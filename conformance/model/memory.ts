import type { OperationId } from '../src/driver/answer.ts';
import { asObject } from '../src/driver/contract.ts';
import type { Somebody, Who } from './step.ts';

export type KnownSession = { token: string; expiresAt: number; isLoggedOut: boolean };
export type KnownPerson = { id: string; sessions: KnownSession[] };

/** What one system has told during a sequence; plain data, so that it can be copied. */
export type Memory = {
  /** In every email and name of this sequence on this system, and nowhere else. */
  mark: string;
  people: { [Name in Somebody]?: KnownPerson };
  appointments: { id: string; startsAt: number; endsAt: number }[];
  messages: { id: string; appointmentId: string }[];
  connections: { id: string; appointmentId: string; who: Who; epoch: number }[];
  etags: { tag: string; appointmentId: string }[];
  cursors: { cursor: string; who: Who }[];
  /** By what a system calls a thing: what it is called here. */
  symbols: Map<string, string>;
  counts: Record<string, number>;
};

export function createMemory(mark: string): Memory {
  return {
    mark,
    people: {},
    appointments: [],
    messages: [],
    connections: [],
    etags: [],
    cursors: [],
    symbols: new Map(),
    counts: {},
  };
}

/** What a thing is called here, the same on every system: the kind, and as how many-th it was first seen. */
export function symbolOf(memory: Memory, kind: string, raw: string): string {
  const known = memory.symbols.get(raw);
  if (known !== undefined) return known;
  const count = (memory.counts[kind] ?? 0) + 1;
  memory.counts[kind] = count;
  memory.symbols.set(raw, `${kind} ${count}`);
  return `${kind} ${count}`;
}

/** An answer as far as it is remembered. */
export type Heard = { who: Who; token: string | null; path: Record<string, string>; status: number; body: unknown };

/** Remembers what later steps can refer to. */
export function remember(memory: Memory, operation: OperationId, heard: Heard): void {
  if (heard.status >= 200 && heard.status < 300) listeners[operation]?.(memory, heard, asObject(heard.body));
}

type Listener = (memory: Memory, heard: Heard, body: Record<string, unknown>) => void;

const listeners: { [Id in OperationId]?: Listener } = {
  createAccount: (memory, _, { id }) => void symbolOf(memory, 'account', String(id)),
  login: (memory, _, { id, token, expiresAt, account }) => {
    symbolOf(memory, 'session', String(id));
    const owner = Object.values(memory.people).find((person) => person.id === asObject(account)['id']);
    owner?.sessions.push({ token: String(token), expiresAt: Date.parse(String(expiresAt)), isLoggedOut: false });
  },
  logout: (memory, { token }) => logOut(memory, (session) => session.token === token),
  logoutEverywhere: (memory, { who, token }) => {
    const person = who === 'nobody' ? undefined : memory.people[who];
    logOut(memory, (session) => session.token === token || person?.sessions.includes(session) === true);
  },
  createAppointment: (memory, _, { id, startsAt, endsAt }) => {
    if (memory.symbols.has(String(id))) return;
    symbolOf(memory, 'appointment', String(id));
    memory.appointments.push({
      id: String(id),
      startsAt: Date.parse(String(startsAt)),
      endsAt: Date.parse(String(endsAt)),
    });
  },
  joinCall: (memory, { who, path }, { connectionId, epoch }) => {
    symbolOf(memory, 'connection', String(connectionId));
    const appointmentId = path['appointmentId'] ?? '';
    memory.connections.push({ id: String(connectionId), appointmentId, who, epoch: Number(epoch) });
  },
  sendMessage: (memory, { path }, { id }) => {
    if (memory.symbols.has(String(id))) return;
    symbolOf(memory, 'message', String(id));
    memory.messages.push({ id: String(id), appointmentId: path['appointmentId'] ?? '' });
  },
};

function logOut(memory: Memory, fits: (session: KnownSession) => boolean): void {
  for (const { sessions } of Object.values(memory.people))
    for (const session of sessions.filter(fits)) session.isLoggedOut = true;
}

export function rememberEtag(memory: Memory, appointmentId: string, tag: string): void {
  memory.etags.push({ tag, appointmentId });
}
