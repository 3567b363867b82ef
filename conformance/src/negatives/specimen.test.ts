import { afterEach, expect, test } from 'vitest';
import { createSpecimen, type Specimen, type SpecimenOptions } from '../../specimen/specimen.ts';
import { createPerson } from '../actors.ts';
import { probeTarget } from '../target.ts';
import { complaintsOf, operationIds, prepareDesk } from './both-sides.ts';
import { breakablePlaces, fuzzBodies, fuzzPlaces, hasBody } from './fuzz.ts';
import type { Desk } from './good-requests.ts';
import { casesOf } from './settled.ts';

const running: Specimen[] = [];

async function deskAt(lie: SpecimenOptions['lie'] = {}): Promise<Desk> {
  const specimen = await createSpecimen({ inviteCode: 'welcome', lie });
  running.push(specimen);
  const { urls } = specimen;
  const target = await probeTarget({ name: 'specimen', urls, inviteCode: 'welcome', basePath: '', headers: {}, timeoutMs: 5_000 }); // prettier-ignore
  return prepareDesk(await createPerson(target, 'doctor'), await createPerson(target, 'user'));
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((specimen) => specimen.stop()));
});

test('a good server keeps both sides of every keyword', { timeout: 60_000 }, async () => {
  const desk = await deskAt();
  for (const operationId of operationIds)
    expect(await complaintsOf(casesOf(operationId), desk), operationId).toEqual([]);
});

test('a good server names any places together, and any body', { timeout: 60_000 }, async () => {
  const desk = await deskAt();
  for (const operationId of operationIds) {
    if (breakablePlaces(operationId).length > 0) await fuzzPlaces(operationId, desk, { seed: 1, runs: 20 });
    if (hasBody(operationId)) await fuzzBodies(operationId, desk, { seed: 1, runs: 50 });
  }
});

test('a bound that is off by one is told', { timeout: 60_000 }, async () => {
  const isOneMore = (value: unknown) => Object(value)['durationMinutes'] === 125;
  const desk = await deskAt({ override: () => ({ toldErrors: (found, { body }) => (isOneMore(body) ? [] : found) }) });
  expect(await complaintsOf(casesOf('createAppointment'), desk)).toEqual([
    'createAppointment, body /durationMinutes, maximum, a step above 125: expected 400 validation-failed, but it is 422 invalid-start',
  ]);
});

test('fuzzing finds the smallest set of places not named', { timeout: 60_000 }, async () => {
  const desk = await deskAt({
    override: () => ({ toldErrors: (found) => (found.length > 2 ? found.slice(0, -1) : found) }),
  });
  await expect(fuzzPlaces('createAccount', desk, { seed: 1, runs: 20 })).rejects.toThrow(
    / \(seed 1, run \d+, made smaller \d+ times\)$/,
  );
});
