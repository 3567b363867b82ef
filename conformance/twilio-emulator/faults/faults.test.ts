import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { restClient, type RestClient } from '../testing/rest-client.ts';

let emulator: TwilioEmulator;
let ask: RestClient;

beforeEach(async () => {
  emulator = await startTwilioEmulator();
  ask = restClient(emulator);
});
afterEach(() => emulator.stop());

async function roomNames(): Promise<string[]> {
  return (await emulator.control.listRooms()).map(({ name }) => name);
}

/** The network error's code as the SDK throws it: an AxiosError. */
async function failureOfSdk(): Promise<unknown> {
  const { apiKeySid, apiKeySecret, accountSid } = emulator.account;
  const client = twilio(apiKeySid, apiKeySecret, { accountSid });
  client.video.baseUrl = emulator.url;
  return client.video.v1.rooms.create({ uniqueName: 'sdk' }).then(
    () => null,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

describe('faults of the REST API', () => {
  it('answers with a status as often as told, then honestly', async () => {
    await emulator.control.addFault({ on: 'request', kind: 'status', status: 500, times: 2 });
    const answers = [];
    for (const name of ['a', 'b', 'c']) answers.push(await ask('POST', '/v1/Rooms', { UniqueName: name }));
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 201]);
    expect(answers[0]?.wrong).toEqual([]);
    expect(await roomNames()).toEqual(['c']);
  });

  it('can take effect although its answer is lost', async () => {
    await emulator.control.addFault({ on: 'request', kind: 'status', status: 503, takesEffect: true });
    expect((await ask('POST', '/v1/Rooms', { UniqueName: 'made' })).status).toBe(503);
    expect(await roomNames()).toEqual(['made']);
  });

  it('concerns the requests that it names alone', async () => {
    await emulator.control.addFault({
      on: 'request',
      kind: 'status',
      status: 429,
      method: 'POST',
      body: 'UniqueName=x',
    });
    expect((await ask('GET', '/v1/Rooms')).status).toBe(200);
    expect((await ask('POST', '/v1/Rooms', { UniqueName: 'y' })).status).toBe(201);
    expect((await ask('POST', '/v1/Rooms', { UniqueName: 'x' })).status).toBe(429);
  });

  it('is slow after it took effect', async () => {
    await emulator.control.addFault({ on: 'request', kind: 'slow', ms: 60 });
    const before = performance.now();
    const answer = ask('POST', '/v1/Rooms', { UniqueName: 'slow' });
    await expect.poll(roomNames, { interval: 5 }).toEqual(['slow']);
    expect((await answer).status).toBe(201);
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  it('cuts the connection', async () => {
    await emulator.control.addFault({ on: 'request', kind: 'reset' });
    expect(await failureOfSdk()).toBe('ECONNRESET');
    expect(await emulator.control.listRequests()).toMatchObject([{ path: '/v1/Rooms', status: null, fault: 'reset' }]);
  });

  it('refuses connections until they are accepted again', async () => {
    await emulator.control.refuseConnections();
    expect(await failureOfSdk()).toBe('ECONNREFUSED');
    await emulator.control.acceptConnections();
    expect((await ask('POST', '/v1/Rooms', { UniqueName: 'back' })).status).toBe(201);
  });

  it('takes faults back', async () => {
    const { id } = await emulator.control.addFault({ on: 'request', kind: 'reset', times: 5 });
    await emulator.control.removeFaults({ id });
    expect((await ask('GET', '/v1/Rooms')).status).toBe(200);
  });
});

it('lets a room vanish', async () => {
  const { body } = await ask('POST', '/v1/Rooms', { UniqueName: 'gone' });
  await emulator.control.vanish({ room: 'gone' });
  expect((await ask('GET', `/v1/Rooms/${body['sid']}`)).body['code']).toBe(20404);
  expect((await ask('POST', `/v1/Rooms/${body['sid']}`, { Status: 'completed' })).status).toBe(404);
  expect((await ask('POST', '/v1/Rooms', { UniqueName: 'gone' })).status).toBe(201);
});
