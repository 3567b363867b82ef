import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { restClient, type RestClient } from '../testing/rest-client.ts';
import type { TwilioControl } from './control.ts';
import { connectToEmulator } from './remote-control.ts';

let emulator: TwilioEmulator;
let control: TwilioControl;
let ask: RestClient;

beforeAll(async () => {
  emulator = await startTwilioEmulator({ now: () => Date.parse('2030-01-01T00:00:00Z') });
  control = connectToEmulator(emulator.controlUrl);
  ask = restClient(emulator);
});
beforeEach(() => control.reset());
afterAll(() => emulator.stop());

async function post(url: string, body: string): Promise<{ status: number; message: unknown }> {
  const response = await fetch(url, { method: 'POST', body });
  const result = (await response.json()) as { message: unknown };
  return { status: response.status, message: result.message };
}

it('does over HTTP what it does in the process', async () => {
  await ask('POST', '/v1/Rooms', { UniqueName: 'remote' });
  const { sid } = await control.connect({ room: 'remote', identity: 'anna' });
  expect(await control.listRooms()).toMatchObject([
    { name: 'remote', participants: [{ sid, identity: 'anna', status: 'connected', hasBrowser: false }] },
  ]);
  expect(await control.advanceClock({ ms: 1000 })).toEqual({ now: '2030-01-01T00:00:01.000Z' });
  expect(await control.setClock({ now: '2031-01-01T00:00:00+01:00' })).toEqual({ now: '2030-12-31T23:00:00.000Z' });
  await control.complete({ room: 'remote' });
  await control.settled();
  expect(await control.listCallbacks()).toEqual([]);
  expect(await control.dropSockets({ room: (await control.listRooms())[0]?.sid ?? '' })).toEqual({ dropped: 0 });
});

it('lists the requests with what they carried, and no secret', async () => {
  await ask('POST', '/v1/Rooms', { UniqueName: 'logged' });
  await ask('GET', '/v1/Rooms?UniqueName=logged');
  const [first, second] = await control.listRequests();
  expect(first).toMatchObject({ method: 'POST', path: '/v1/Rooms', form: { UniqueName: 'logged' }, status: 201 });
  expect(second).toMatchObject({ query: { UniqueName: 'logged' }, user: emulator.account.apiKeySid, fault: null });
  expect(JSON.stringify([first, second])).not.toContain(emulator.account.apiKeySecret);
  expect(await control.listRequests({ after: second?.id ?? 0 })).toEqual([]);
});

it('stays reachable while connections are refused', async () => {
  await control.refuseConnections();
  await expect(ask('GET', '/v1/Rooms')).rejects.toThrow('fetch failed');
  await control.acceptConnections();
  expect((await ask('GET', '/v1/Rooms')).status).toBe(200);
});

it('says what is wrong with a command', async () => {
  await expect(control.connect({ room: 'nowhere', identity: 'x' })).rejects.toThrow('there is no room nowhere');
  const at = (path: string): string => `${emulator.url}/_control/${path}`;
  expect(await post(at('connect'), '{"room": "r"}')).toEqual({ status: 400, message: 'identity: a text' });
  expect(await post(at('connect'), '[]')).toEqual({ status: 400, message: 'the body is no JSON object' });
  expect(await post(at('addFault'), '{"on": "request"}')).toEqual({
    status: 400,
    message: 'kind: status, slow or reset',
  });
  expect((await post(at('dance'), '')).status).toBe(404);
});

it('refuses a third participant and one who is not there', async () => {
  await ask('POST', '/v1/Rooms', { UniqueName: 'pair', MaxParticipants: '2' });
  await control.connect({ room: 'pair', identity: 'anna' });
  await control.connect({ room: 'pair', identity: 'bert' });
  await expect(control.connect({ room: 'pair', identity: 'carl' })).rejects.toThrow('too many Participants');
  await expect(control.disconnect({ room: 'pair', identity: 'carl' })).rejects.toThrow('nobody named carl');
});

it('begins anew on reset', async () => {
  await ask('POST', '/v1/Rooms', { UniqueName: 'before' });
  await control.addFault({ on: 'request', kind: 'reset', times: 9 });
  await control.advanceClock({ ms: 5 });
  await control.reset();
  expect([await control.listRooms(), await control.listRequests()]).toEqual([[], []]);
  expect(await control.readClock()).toEqual({ now: '2030-01-01T00:00:00.000Z' });
  expect((await ask('GET', '/v1/Rooms')).status).toBe(200);
});
