import { describe, expect, test } from 'vitest';
import { resolve } from './contract.ts';
import { readBlock } from './event-block.ts';
import { eventTypes, judgeBlock, type Position, positionAfter } from './judge-event.ts';

const AT = '2031-01-01T00:00:00.000Z';
const RESET = { at: AT };

function block(id: string | number, event: string, data: unknown): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}`;
}

/** The keys of all that is wrong with these blocks, one after the other on one stream. */
function broken(blocks: string[], lastEventId?: string): string[] {
  let position: Position = positionAfter(lastEventId);
  return blocks.flatMap((text) => {
    const judged = judgeBlock(readBlock(text), position);
    position = judged.position;
    return judged.violations.map(({ rule, failure }) => `${rule} ${failure.key}`);
  });
}

function exampleOf(type: string): Record<string, unknown> {
  const { examples } = resolve(eventTypes.get(type) ?? '').value as { examples: Record<string, unknown>[] };
  return examples[0] ?? {};
}

const typing = exampleOf('message.typing');

describe('judgeBlock', () => {
  test('finds nothing wrong in the documented example of every type', () => {
    expect(eventTypes.size).toBe(14);
    for (const type of eventTypes.keys()) expect(broken([block(7, type, exampleOf(type))], '6'), type).toEqual([]);
  });

  test('sees a comment among the lines of an event', () => {
    expect(broken([`: now\n${block(7, 'message.typing', typing)}`], '6')).toEqual(['events/format fields']);
    expect(broken([': now', block(7, 'message.typing', typing)], '6')).toEqual([]);
  });

  test('sees a member too many and one too few, of every type', () => {
    for (const type of eventTypes.keys()) {
      const { at: _, ...without } = exampleOf(type);
      expect(broken([block(7, type, without)], '6')).toEqual([`events/format ${type}:schema::required:at`]);
      const more = { ...exampleOf(type), stranger: 1 };
      expect(broken([block(7, type, more)], '6')).toEqual([
        `events/format ${type}:schema::additionalProperties:stranger`,
      ]);
    }
  });

  test('blames an instant of another form on its own rule', () => {
    const inSeconds = { ...typing, at: '2031-01-01T00:00:00Z' };
    expect(broken([block(1, 'message.typing', inSeconds)])).toEqual(['http/instants form']);
  });

  test('sees unknown types, other lines, ids that are none and broken JSON', () => {
    expect(broken([block(1, 'message.deleted', typing)])).toEqual(['events/format type']);
    expect(broken([`retry: 10\n${block(1, 'message.typing', typing)}`])).toEqual(['events/format fields']);
    expect(broken([block(1, 'message.typing', typing).replace('{', '{\ndata: ')])).toEqual(['events/format fields']);
    expect(broken([block('01', 'message.typing', typing)])).toEqual(['events/format id']);
    expect(broken(['id: 1\nevent: message.typing\ndata: {"at":'])).toEqual(['events/format message.typing:json']);
    expect(broken([': welcome', '', ': there', block(1, 'message.typing', typing)])).toEqual([]);
  });

  test('sees ids that leave a gap, come twice or go back', () => {
    const ids = (...numbers: number[]): string[] => numbers.map((id) => block(id, 'message.typing', typing));
    expect(broken(ids(5, 6, 7))).toEqual([]);
    expect(broken(ids(5, 7, 8))).toEqual(['events/gapless gap']);
    expect(broken(ids(5, 5, 6))).toEqual(['events/gapless back']);
    expect(broken(ids(5, 4))).toEqual(['events/gapless back']);
    expect(broken(ids(1, 2), '0')).toEqual([]);
    expect(broken(ids(2), '0')).toEqual(['events/gapless gap']);
    expect(broken(ids(6), '6')).toEqual(['events/gapless back']);
  });

  test('lets a stream be reset at its beginning alone, where one was asked for', () => {
    const reset = block(9, 'stream.reset', RESET);
    const next = block(10, 'message.typing', typing);
    expect(broken([reset, next], '77')).toEqual([]);
    expect(broken([reset, next], 'x')).toEqual([]);
    expect(broken([next], 'x')).toEqual(['events/gapless no-reset']);
    expect(broken([reset, next])).toEqual(['events/gapless reset']);
    expect(broken([reset, reset], '77')).toEqual(['events/gapless reset']);
    expect(broken([reset, block(11, 'message.typing', typing)], '77')).toEqual(['events/gapless gap']);
  });
});
