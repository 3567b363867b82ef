import { Actor } from '../../src/actors.ts';
import type { Answer, SuccessBody } from '../../src/driver/answer.ts';
import type { World } from '../k6/scenarios/order.ts';
import type { Invariant, ScenarioName } from '../study/records.ts';
import type { RunningSubject } from '../subjects.ts';

/** Acknowledged writes of each slice, by virtual user. */
export type Written = number[][];

type Finding = Pick<Invariant, 'sentence' | 'expected' | 'found'>;

/**
 * Reads back through the API what one writer, drawn by the seed, was told had been written: as many, no more and no fewer.
 * What was written in two scenarios is counted by each for itself, so a block measures a kind of write once.
 */
export async function invariantsOf(
  scenario: ScenarioName,
  { target }: RunningSubject,
  worlds: World[],
  written: Written,
  random: () => number,
): Promise<Finding[]> {
  const drawn = Math.floor(random() * worlds.length);
  const world = worlds[drawn];
  if (!world || (scenario !== 'booking' && scenario !== 'message')) return [];
  const expected = written.reduce((sum, slice) => sum + (slice[drawn] ?? 0), 0);
  const writer = new Actor(target, world.writer.token);
  if (scenario === 'booking') {
    const found = await countBookings(writer, world);
    return [{ sentence: 'every acknowledged booking is in the calendar of its user, once', expected, found }];
  }
  const found = await countMessages(writer, world);
  return [{ sentence: 'every acknowledged message is in its conversation, once', expected, found }];
}

async function countBookings(writer: Actor, { freeFrom }: World): Promise<number> {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const from = new Date(freeFrom).toISOString();
    const query: Record<string, string | number> = { from, limit: 100, ...(cursor !== null && { cursor }) };
    const page: Answer<SuccessBody<'listAppointments'>> = await writer.send('listAppointments', { query });
    if (page.status !== 200) throw new Error(`listAppointments answers ${page.status} ${page.text.slice(0, 200)}`);
    for (const { id } of page.body.items) ids.add(id);
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  return ids.size;
}

async function countMessages(writer: Actor, { appointmentId }: World): Promise<number> {
  const ids = new Set<string>();
  let before: string | undefined;
  for (;;) {
    const query = { limit: 100, before };
    const page = await writer.send('listMessages', { path: { appointmentId }, query });
    if (page.status !== 200) throw new Error(`listMessages answers ${page.status} ${page.text.slice(0, 200)}`);
    for (const { id } of page.body.items) ids.add(id);
    if (!page.body.hasMore) return ids.size;
    before = page.body.items[0]?.id;
  }
}
