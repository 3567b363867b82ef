import type { EventStream, StreamEvent } from './driver/event-stream.ts';
import { within } from './rule.ts';

/**
 * Waits until all these streams are open, works with them and closes them, whatever came of it.
 * @throws what opening or `work` throws
 */
export async function listening<Opens extends Promise<EventStream>[]>(
  opens: readonly [...Opens],
  work: (...streams: { [Index in keyof Opens]: EventStream }) => Promise<void>,
): Promise<void> {
  const settled = await Promise.allSettled(opens);
  const streams = settled.flatMap((opened) => (opened.status === 'fulfilled' ? [opened.value] : []));
  try {
    await work(...((await Promise.all(opens)) as { [Index in keyof Opens]: EventStream }));
  } finally {
    for (const stream of streams) stream.close();
  }
}

/**
 * Waits until so many events have come on a stream.
 * @returns all that have come by then
 * @throws Error when they do not come within `seconds`, with what has come
 */
export async function told(stream: EventStream, count: number, seconds = 10): Promise<StreamEvent[]> {
  const enough = async (): Promise<true | undefined> => (stream.events.length >= count ? true : undefined);
  await within(seconds, `event ${count} of a stream`, enough).catch((cause: unknown) => {
    const came = stream.events.map(({ id, event }) => `${id} ${event}`).join(', ');
    throw new Error(`event ${count} of a stream did not come within ${seconds} s; there are: ${came || 'none'}`, {
      cause,
    });
  });
  return [...stream.events];
}

/** Events without their ids and the time at which they came. */
export function plain(events: readonly StreamEvent[]): { event: string; data: unknown }[] {
  return events.map(({ event, data }) => ({ event, data }));
}

/** The ids of events as numbers. */
export function ids(events: readonly StreamEvent[]): number[] {
  return events.map(({ id }) => Number(id));
}
