import type { Person } from '../actors.ts';
import type { StreamEvent } from '../driver/event-stream.ts';
import type { Ledger } from './ledger.ts';
import type { Pair } from './pairs.ts';

/** What is wrong afterwards; every list is empty for a server that keeps its word. */
export type Findings = { lost: string[]; doubled: string[]; outOfOrder: string[]; overlaps: string[] };

/** What somebody was told on one stream, across all its resumptions, from the account's first event on. */
export type Told = { person: Person; events: readonly StreamEvent[] };

/** Compares what was acknowledged with what is there, and with what the streams were told. */
export async function audit(ledger: Ledger, pairs: Pair[], told: readonly Told[]): Promise<Findings> {
  const [stored, streams] = [await auditStored(ledger, pairs), auditStreams(ledger, pairs, told)];
  return {
    lost: [...stored.lost, ...streams.lost],
    doubled: [...stored.doubled, ...streams.doubled],
    outOfOrder: streams.outOfOrder,
    overlaps: stored.overlaps,
  };
}

/** Reads back through the API what was acknowledged. */
export async function auditStored(ledger: Ledger, pairs: Pair[]): Promise<Findings> {
  const findings = emptyFindings();
  for (const pair of pairs) await auditMessages(ledger, pair, findings);
  await auditAppointments(ledger, pairs, findings);
  return findings;
}

/** Each stream's ids rise by exactly 1, and each acknowledged write of its account was told exactly once. */
export function auditStreams(ledger: Ledger, pairs: Pair[], told: readonly Told[]): Findings {
  const findings = emptyFindings();
  for (const [person, streams] of Map.groupBy(told, (one) => one.person)) {
    const expected = expectedOf(ledger, pairs, person);
    for (const { events } of streams) auditStream(person, events, expected, findings);
  }
  return findings;
}

function emptyFindings(): Findings {
  return { lost: [], doubled: [], outOfOrder: [], overlaps: [] };
}

async function auditMessages(ledger: Ledger, { user, appointmentId }: Pair, findings: Findings): Promise<void> {
  const stored = await allMessages(user, appointmentId);
  const counts = Map.groupBy(stored, ({ clientId }) => clientId);
  for (const [clientId, group] of counts)
    if (group.length > 1) findings.doubled.push(`message ${clientId} is stored ${group.length} times`);
  for (const [clientId, { id, appointmentId: of }] of ledger.messages) {
    if (of === appointmentId && counts.get(clientId)?.[0]?.id !== id)
      findings.lost.push(`message ${id} was acknowledged and is not there`);
  }
}

async function allMessages(user: Person, appointmentId: string): Promise<{ id: string; clientId: string }[]> {
  const items: { id: string; clientId: string }[] = [];
  for (;;) {
    const before = items[0]?.id;
    const page = await user.send('listMessages', { path: { appointmentId }, query: { limit: 100, before } });
    if (page.status !== 200) throw new Error(`listMessages answered ${page.status} ${page.text.slice(0, 200)}`);
    items.unshift(...page.body.items);
    if (!page.body.hasMore) return items;
  }
}

type Appointment = { id: string; reason: string | null; status: string; startsAt: string; endsAt: string };

async function auditAppointments(ledger: Ledger, pairs: Pair[], findings: Findings): Promise<void> {
  const byReason = new Map<string, Appointment[]>();
  const people = new Map(pairs.flatMap(({ doctor, user }) => [doctor, user].map((person) => [person.id, person])));
  for (const person of people.values()) {
    const own = await allAppointments(person);
    findings.overlaps.push(...overlapsOf(person, own));
    if (person.account.role !== 'user') continue;
    for (const one of own) if (one.reason) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  }
  for (const [key, group] of byReason)
    if (group.length > 1) findings.doubled.push(`booking ${key} is stored ${group.length} times`);
  for (const [key, { id }] of ledger.bookings) {
    const found = byReason.get(key)?.[0];
    if (found?.id !== id) findings.lost.push(`booking ${id} was acknowledged and is not there`);
    else if (ledger.cancelled.has(id) && found.status !== 'cancelled')
      findings.lost.push(`cancellation of ${id} was acknowledged and is not there`);
  }
}

async function allAppointments(person: Person): Promise<Appointment[]> {
  const items: Appointment[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await person.send('listAppointments', { query: { limit: 100, cursor } });
    if (page.status !== 200) throw new Error(`listAppointments answered ${page.status} ${page.text.slice(0, 200)}`);
    items.push(...page.body.items);
    if (page.body.nextCursor === null) return items;
    cursor = page.body.nextCursor;
  }
}

function overlapsOf(person: Person, own: Appointment[]): string[] {
  const taken = own
    .filter(({ status }) => status !== 'cancelled')
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
  return taken.flatMap((one, index) => {
    const next = taken[index + 1];
    return next && next.startsAt < one.endsAt ? [`${person.displayName}: ${one.id} and ${next.id} overlap`] : [];
  });
}

function auditStream(
  person: Person,
  events: readonly StreamEvent[],
  expected: readonly string[],
  findings: Findings,
): void {
  events.forEach(({ id }, index) => {
    if (id !== String(index + 1))
      findings.outOfOrder.push(`${person.displayName}: event ${id} came as number ${index + 1}`);
  });
  const told = Map.groupBy(events, subjectOf);
  for (const [subject, group] of told)
    if (subject !== '' && group.length > 1)
      findings.doubled.push(`${person.displayName} was told ${group.length} times: ${subject}`);
  for (const subject of expected)
    if (!told.has(subject)) findings.lost.push(`${person.displayName} was never told: ${subject}`);
}

/** What an event is about, such that no two events of a stream are about the same; '' of a call's, where they may be. */
function subjectOf({ event, data }: StreamEvent): string {
  if (event.startsWith('call.')) return '';
  const { message, appointment } = data as { message?: { id: string }; appointment?: { id: string } };
  return message ? `${event} ${message.id}` : appointment ? `${event} ${appointment.id}` : '';
}

function expectedOf(ledger: Ledger, pairs: Pair[], person: Person): string[] {
  const own = new Set(
    pairs.filter(({ doctor, user }) => doctor === person || user === person).map(({ appointmentId }) => appointmentId),
  );
  const messages = [...ledger.messages.values()].filter(({ appointmentId }) => own.has(appointmentId));
  const isOwn = ({ userId, doctorId }: { userId: string; doctorId: string }): boolean =>
    userId === person.id || doctorId === person.id;
  return [
    ...messages.map(({ id }) => `message.created ${id}`),
    ...[...ledger.bookings.values()].filter(isOwn).map(({ id }) => `appointment.created ${id}`),
    ...[...ledger.cancelled].filter(([, of]) => isOwn(of)).map(([id]) => `appointment.cancelled ${id}`),
  ];
}
