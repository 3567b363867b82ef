import { randomUUID } from 'node:crypto';
import type { RuleId } from '@duet/contract/rules';
import { expect } from 'vitest';
import { Actor, type Person } from '../actors.ts';
import { book } from '../bookings.ts';
import type { Answer, OperationId } from '../driver/answer.ts';
import { getOperation, operations } from '../driver/contract.ts';
import { fromNow } from '../instants.ts';
import type { RuleKit } from '../rule.ts';
import { askForStream } from './ask-for-stream.ts';
import type { Case } from './cases.ts';
import { changed } from './change.ts';
import { type Desk, type GoodRequest, goodRequests } from './good-requests.ts';
import { complaintOf } from './judge-case.ts';
import { casesOf } from './settled.ts';

/** So many complaints tell enough of an operation, and the requests of the last ones are still on record. */
const MOST_COMPLAINTS = 10;

export const operationIds = operations.map(({ operationId }) => operationId as OperationId);

/** Declares a test for each operation that has cases of the rule: every one of them is sent. */
export function keepsBothSides(test: RuleKit['test'], rule: RuleId, people: { doctor: Person; user: Person }): void {
  const deskFor = layDesk(people);
  for (const operationId of operationIds) {
    const cases = casesOf(operationId).filter((one) => one.rule === rule);
    if (cases.length === 0) continue;
    test(`keeps both sides of its schema in ${operationId}`, async () =>
      expect(await complaintsOf(cases, await deskFor(operationId)), `of ${cases.length} requests`).toEqual([]));
  }
}

/**
 * The desk of a test file, whose appointments are booked once, and for operations on one alone: a server that cannot book
 * yet is judged by all others.
 */
export function layDesk(
  { doctor, user }: { doctor: Person; user: Person },
  days?: number,
): (operationId: OperationId) => Promise<Desk> {
  let booked: Promise<Desk> | undefined;
  return async (operationId) => {
    const isOnOne = getOperation(operationId).template.includes('{appointmentId}');
    if (isOnOne) return (booked ??= prepareDesk(doctor, user, days));
    const none = { id: randomUUID() };
    return { nobody: new Actor(user.target), doctor, user, appointment: none, spare: none };
  };
}

/** Books what the good requests name, on the given day from now and the next one. */
export async function prepareDesk(doctor: Person, user: Person, days = 90): Promise<Desk> {
  const appointment = await book(user, doctor, { startsAt: fromNow({ days }) });
  const spare = await book(user, doctor, { startsAt: fromNow({ days: days + 1 }) });
  return { nobody: new Actor(user.target), doctor, user, appointment, spare };
}

/** Sends the cases one after the other, and tells of those that are not answered as expected. */
export async function complaintsOf(cases: readonly Case[], desk: Desk): Promise<string[]> {
  const complaints: string[] = [];
  for (const one of cases) {
    const good = goodRequests[one.operationId as OperationId](desk, one.at);
    const answer = await sendCase(one.operationId as OperationId, good, one);
    const complaint = complaintOf(one, answer, good.answers);
    if (complaint !== undefined) complaints.push(complaint);
    if (complaints.length === MOST_COMPLAINTS) break;
  }
  return complaints;
}

async function sendCase(operationId: OperationId, good: GoodRequest, { change }: Case): Promise<Answer> {
  const options = changed(good.options, change);
  return operationId === 'streamEvents' ? askForStream(good.actor, options) : good.actor.send(operationId, options);
}
