import { uniqueName } from './actors.ts';
import type { Launched } from './launched.ts';
import { within } from './rule.ts';

/**
 * What a launched server writes, on stdout and stderr, while `work` is done: between the lines of two requests of our
 * own, which tell that all before them has come.
 * @throws Error when nothing is written of one of those within 5 s
 */
export async function linesDuring(launched: Launched, work: () => Promise<unknown>): Promise<string[]> {
  await fence(launched);
  const { stdout, stderr } = launched.server;
  const before = [stdout.length, stderr.length];
  await work();
  const mark = await fence(launched);
  return [...stdout.slice(before[0]), ...stderr.slice(before[1])].filter((line) => !line.includes(mark));
}

/** Sends a request and waits for its line. @returns its request id */
async function fence({ server, there }: Launched): Promise<string> {
  const mark = `fence-${uniqueName()}`;
  await there.nobody.send('getMeta', { headers: { 'x-request-id': mark } });
  const isMarked = (line: string): boolean => line.includes(mark);
  await within(5, 'the log of a request', async () =>
    server.stdout.some(isMarked) || server.stderr.some(isMarked) ? true : undefined,
  );
  return mark;
}

export type Span = { first: number; last: number };

/** The first and last index of the lines that hold one of these texts; undefined when none does. */
export function spanOf(lines: readonly string[], texts: readonly string[]): Span | undefined {
  const places = lines.flatMap((line, index) => (texts.some((text) => line.includes(text)) ? [index] : []));
  const [first, last] = [places[0], places.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}
