import { expect, it } from 'vitest';
import type { Observation } from './observe.ts';
import { step } from './step.ts';
import { concernedRules, judgeVoices } from './verdict.ts';

const answer = (status: number, code?: string): Observation => ({
  status,
  headers: {},
  body: code ? { code } : {},
  broken: [],
});
const voices = (a: number, b: number) => [
  { name: 'a', observation: answer(a) },
  { name: 'b', observation: answer(b) },
];

it.each([
  [200, 200, undefined],
  [409, 200, { kind: 'wrong', target: 'a' }],
  [200, 409, { kind: 'wrong', target: 'b' }],
  [409, 409, { kind: 'gap' }],
  [409, 422, { kind: 'ambiguous' }],
])('of answers %i and %i where the model says 200: %j', (a, b, verdict) => {
  expect(judgeVoices(answer(200), voices(a, b))).toEqual(verdict);
});

it('names the rules of the operation that know the problem', () => {
  const voice = { name: 'a', observation: answer(409, 'slot-taken') };
  const rules = concernedRules(step('user 1', 'createAppointment'), answer(201), [voice]);
  expect(rules).toContain('appointments/no-overlap');
});

it('names what the judge has found first of all', () => {
  const observation = { ...answer(200), broken: ['http/no-store: it may be stored'] };
  expect(concernedRules(step('user 1', 'getMe'), answer(200), [{ name: 'a', observation }])).toEqual(['http/no-store']);
});
