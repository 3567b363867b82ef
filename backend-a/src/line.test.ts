import { expect, test } from 'vitest';
import { createLine } from './line.ts';

function asked() {
  const line = createLine();
  const told: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const ask = (key: string, name: string): Promise<string> => {
    const gate = Promise.withResolvers<void>();
    gates.set(name, gate);
    return line(key, async () => {
      told.push(`begin ${name}`);
      await gate.promise;
      return name;
    });
  };
  return { told, ask, gates };
}

test('does the work of one key one after the other, in order, and that of others beside it', async () => {
  const { told, ask, gates } = asked();
  const works = [ask('a', 'first'), ask('a', 'second'), ask('b', 'other'), ask('a', 'third')];
  await Promise.resolve();
  expect(told).toEqual(['begin first', 'begin other']);
  gates.get('first')?.resolve();
  await works[0];
  await Promise.resolve();
  expect(told).toEqual(['begin first', 'begin other', 'begin second']);
  for (const gate of gates.values()) gate.resolve();
  expect(await Promise.all(works)).toEqual(['first', 'second', 'other', 'third']);
});

test('goes on after work that failed, which tells its own caller alone', async () => {
  const { ask, gates } = asked();
  const works = [ask('a', 'first'), ask('a', 'second')];
  gates.get('first')?.reject(new Error('no'));
  await expect(works[0]).rejects.toThrow('no');
  gates.get('second')?.resolve();
  expect(await works[1]).toBe('second');
});
