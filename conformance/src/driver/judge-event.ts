import { asObject, resolve } from './contract.ts';
import { type Block, fieldOf } from './event-block.ts';
import { judgeJson } from './judge-json.ts';
import { mismatches } from './schema.ts';
import { broken, type Violation } from './violation.ts';

/** The types of events that the contract knows, each with the place of its data's schema. */
export const eventTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(asObject(resolve('/paths/~1v1~1events/get/responses/200').value['x-event-data'])).map(
    ([type, pointer]) => [type, String(pointer).slice(1)],
  ),
);

/** How far a stream has come, which decides the number that its next event bears. */
export type Position = {
  /** The newest number, undefined before the first event of a stream that named none. */
  newest: bigint | undefined;
  /** Whether the next event may, or must, be `stream.reset`: it can only be the first, in answer to a Last-Event-ID. */
  reset: 'may' | 'must' | 'must not';
};

const NUMBER = /^(0|[1-9]\d*)$/;

export function positionAfter(lastEventId: string | undefined): Position {
  if (lastEventId === undefined) return { newest: undefined, reset: 'must not' };
  const isNumber = NUMBER.test(lastEventId);
  return { newest: isNumber ? BigInt(lastEventId) : undefined, reset: isNumber ? 'may' : 'must' };
}

/**
 * Judges one block of an event stream against the contract alone: pure, no state, no network.
 * @returns every rule it breaks, and how far the stream has come with it
 */
export function judgeBlock(block: Block, position: Position): { violations: Violation[]; position: Position } {
  if (block.fields.length === 0) return { violations: [], position };
  const [id, type] = [fieldOf(block, 'id'), fieldOf(block, 'event')];
  const violations = [...judgeFields(block), ...judgeId(id), ...judgeData(type, fieldOf(block, 'data'))];
  if (!NUMBER.test(id)) return { violations, position: { newest: undefined, reset: 'must not' } };
  const after: Position = { newest: BigInt(id), reset: 'must not' };
  return { violations: [...violations, ...judgeNumber(id, type, position)], position: after };
}

/** "Each event is three lines and an empty one." */
function judgeFields({ fields, comments }: Block): Violation[] {
  const names = [...fields.map(({ name }) => name), ...comments.map(() => 'a comment')];
  if (names.toSorted().join() === 'data,event,id') return [];
  const message = 'an event has other lines than id, event and data, each once';
  return [broken('events/format', 'fields', message, 'id, event, data', names.join(', '))];
}

function judgeId(id: string): Violation[] {
  if (mismatches('/components/schemas/EventId', id).length === 0) return [];
  return [broken('events/format', 'id', "an event's id is no number", 'decimal digits', id)];
}

function judgeData(type: string, text: string): Violation[] {
  const pointer = eventTypes.get(type);
  if (pointer === undefined) {
    const known = [...eventTypes.keys()].join(', ');
    return [broken('events/format', 'type', 'the type of an event is not documented', known, type)];
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return [broken('events/format', `${type}:json`, 'the data of an event is not JSON', 'JSON', text.slice(0, 200))];
  }
  return judgeJson({ rule: 'events/format', pointer, what: `the data of ${type}`, keyPrefix: `${type}:` }, data);
}

function judgeNumber(id: string, type: string, { newest, reset }: Position): Violation[] {
  const isReset = type === 'stream.reset';
  if (isReset && reset === 'must not') {
    return [broken('events/gapless', 'reset', 'a stream is reset without need', 'no stream.reset', `id ${id}`)];
  }
  if (!isReset && reset === 'must') {
    const message = 'a stream does not begin with stream.reset although its Last-Event-ID is no number';
    return [broken('events/gapless', 'no-reset', message, 'stream.reset', type)];
  }
  if (isReset || newest === undefined || BigInt(id) === newest + 1n) return [];
  const [key, what] = BigInt(id) > newest ? ['gap', 'leave a gap'] : ['back', 'go back'];
  const message = `the ids of a stream ${what}: they rise by exactly 1`;
  return [broken('events/gapless', key, message, String(newest + 1n), id)];
}
