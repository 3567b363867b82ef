import { expect, test } from 'vitest';
import { typingEvent } from '../testing/events.ts';
import { StreamMemory } from './stream-memory.ts';

function memoryOf(...ids: string[]): StreamMemory {
  const memory = new StreamMemory();
  for (const id of ids) memory.keep(typingEvent(id));
  return memory;
}

test('the first event of all is the next one, whatever its id', () => {
  expect(new StreamMemory().classify(typingEvent('812'))).toBe('next');
});

test('ids rise by one: what is not above is known, what leaves some out is a gap', () => {
  const memory = memoryOf('9');
  expect(memory.classify(typingEvent('10'))).toBe('next');
  expect(memory.classify(typingEvent('9'))).toBe('known');
  expect(memory.classify(typingEvent('12'))).toBe('gap');
});

test('what another tab missed can be told again', () => {
  const memory = memoryOf('4', '5', '6');
  expect(memory.after('4')?.map(({ id }) => id)).toEqual(['5', '6']);
  expect(memory.after('6')).toEqual([]);
  expect(memory.after('2')).toBeNull();
});

test('after a reset nothing of before is known', () => {
  const memory = memoryOf('4');
  memory.startAfter('30');
  expect(memory.lastId).toBe('30');
  expect(memory.after('4')).toBeNull();
});
