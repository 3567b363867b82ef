import { randomUUID } from 'node:crypto';
import type { Person } from '../../src/actors.ts';
import type { OperationId, SuccessBody } from '../../src/driver/answer.ts';
import { findOperations, type Operation } from '../../src/driver/contract.ts';
import { later } from '../../src/instants.ts';
import type { SuiteTarget } from '../../src/target.ts';
import { makePeople, type People } from '../people.ts';
import type { Transaction } from './transaction.ts';

type Body = Record<string, unknown>;
type Scene = { people: People; target: SuiteTarget; startsAt: string; body: Body; status: number };
/** What is other than in the example: members of the body, who asks, and when. */
type Change = { body?: Body; caller?: Person; now?: string };

/** The stream never ends, which Dredd waits for; the callback is of the provider twilio alone. */
const NEVER = new Set(['streamEvents', 'receiveRoomStatus']);
/** Ids of the contract's examples, and whose they are. */
const EXAMPLES: [string, (people: People) => string][] = [
  ['0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01', ({ appointmentId }) => appointmentId],
  ['0197f3c2-0a11-7d02-8c4e-2b7f5a9e1c01', ({ doctor }) => doctor.id],
  ['0197f3c2-1b22-7e13-9d5f-3c806baf2d02', ({ user }) => user.id],
  ['5d0d1f8e-9a0b-4c3e-8f43-7d1c8b2a6e55', ({ messageId }) => messageId],
];
/** A cursor is made by the server; a tag of the example is of no present state. */
const UNUSABLE = { query: ['cursor'], headers: ['if-match', 'if-none-match'] };

/** What brings about an answer that is no success, whatever the operation. Without one the answer is left out. */
const REFUSALS: Record<number, (transaction: Transaction) => void> = {
  400: (transaction) => void (transaction.fullPath += `${transaction.fullPath.includes('?') ? '&' : '?'}unknown=1`),
  401: ({ request }) => void delete request.headers['Authorization'],
  404: (transaction) => void (transaction.fullPath = transaction.fullPath.replace(/[0-9a-f-]{36}/, randomUUID())),
  413: ({ request }) => void (request.body = JSON.stringify({ reason: 'x'.repeat(70_000) })),
  415: ({ request }) => void (request.headers['Content-Type'] = 'text/plain'),
  304: ({ request }) => void (request.headers['If-None-Match'] = '*'),
  412: ({ request }) => void (request.headers['If-Match'] = '"of-no-state"'),
};

const SCENES: Partial<Record<OperationId, (scene: Scene) => Promise<Change> | Change>> = {
  createAccount: ({ target, body }) => ({
    body: {
      email: `dredd-${randomUUID()}@duet.invalid`,
      ...(body['inviteCode'] !== undefined && { inviteCode: target.inviteCode }),
    },
  }),
  login: ({ people: { user }, status }) => ({
    body: { email: user.email, password: status === 401 ? 'not the password' : user.password },
  }),
  createAppointment: ({ startsAt }) => ({ body: { startsAt: later(startsAt, { days: 1 }) } }),
  joinCall: ({ startsAt }) => ({ now: startsAt }),
  keepPresence: connected,
  leaveCall: connected,
  async sendSignal(scene) {
    const { epoch, ...change } = await connected(scene);
    return { ...change, body: { ...change.body, epoch } };
  },
  async endCall(scene) {
    const { now } = await connected(scene);
    return { now, caller: scene.people.doctor };
  },
  async sendMessage({ people: { user, appointmentId }, body, status }) {
    if (status === 200) await user.send('sendMessage', { path: { appointmentId }, body });
    return {};
  },
};

type Connected = { now: string; body: Body; epoch: number | undefined };

/** In the call, at the start of the appointment. */
async function connected({ people: { user, appointmentId }, startsAt }: Scene): Promise<Connected> {
  const answer = await user.at(startsAt).send('joinCall', { path: { appointmentId } });
  if (answer.status !== 200) throw new Error(`joinCall was answered ${answer.status}`);
  const grant: SuccessBody<'joinCall'> = answer.body;
  const epoch = 'epoch' in grant ? grant.epoch : undefined;
  return { now: startsAt, body: { connectionId: grant.connectionId }, epoch };
}

/**
 * Makes an example's request one that a server can answer as documented: with people, ids and times that there are. An
 * answer that cannot be brought about is left out.
 * @throws Error when the server refuses what it should not, on the way
 */
export async function prepare(transaction: Transaction, target: SuiteTarget): Promise<void> {
  const { request, expected } = transaction;
  const [path = ''] = transaction.fullPath.split('?');
  const operation = findOperations(path).find(({ method }) => method === request.method);
  const status = Number(expected.statusCode);
  if (!operation || NEVER.has(operation.operationId) || (status >= 300 && !REFUSALS[status])) {
    transaction.skip = true;
    return;
  }
  const startsAt = new Date(Math.ceil(Date.now() / 300_000) * 300_000 + 3_600_000).toISOString();
  const people = await makePeople(target, startsAt);
  takeOut(transaction);
  putIn(transaction, people);
  const body = isJson(request.body) ? (JSON.parse(request.body) as Body) : {};
  const scene = { people, target, startsAt, body, status };
  const change = (await SCENES[operation.operationId as OperationId]?.(scene)) ?? {};
  apply(transaction, operation, people, change, body);
  REFUSALS[status]?.(transaction);
}

function takeOut(transaction: Transaction): void {
  const { headers } = transaction.request;
  for (const name of Object.keys(headers)) if (UNUSABLE.headers.includes(name.toLowerCase())) delete headers[name];
  const [path = '', query = ''] = transaction.fullPath.split('?');
  const kept = query.split('&').filter((pair) => pair !== '' && !UNUSABLE.query.includes(pair.split('=')[0] ?? ''));
  transaction.fullPath = kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

function putIn(transaction: Transaction, people: People): void {
  for (const [example, idOf] of EXAMPLES) {
    transaction.fullPath = transaction.fullPath.replaceAll(example, idOf(people));
    if (transaction.request.body) transaction.request.body = transaction.request.body.replaceAll(example, idOf(people));
  }
}

function apply({ request }: Transaction, { open }: Operation, people: People, change: Change, body: Body): void {
  const { caller = people.user, now } = change;
  if (change.body && isJson(request.body)) request.body = JSON.stringify({ ...body, ...change.body });
  if (!open) request.headers['Authorization'] = `Bearer ${caller.token}`;
  if (now !== undefined) request.headers['Conformance-Now'] = now;
}

const isJson = (text: string | undefined): text is string => text?.startsWith('{') ?? false;
