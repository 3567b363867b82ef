import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { type CallbackReceiver, startReceiver } from '../testing/callback-receiver.ts';
import { restClient, type RestClient } from '../testing/rest-client.ts';

const start = Date.parse('2030-01-01T08:00:00.250Z');
let emulator: TwilioEmulator;
let receiver: CallbackReceiver;
let ask: RestClient;

beforeEach(async () => {
  receiver = await startReceiver();
  emulator = await startTwilioEmulator({ now: () => start });
  ask = restClient(emulator);
});
afterEach(async () => {
  await emulator.stop();
  await receiver.close();
});

function events(): string[] {
  return receiver.received.map(({ parameters }) => parameters['StatusCallbackEvent'] ?? '');
}

async function createRoom(form: Record<string, string> = {}): Promise<string> {
  const { body } = await ask('POST', '/v1/Rooms', { UniqueName: 'r', StatusCallback: receiver.url, ...form });
  return String(body['sid']);
}

it('tells the story of a room in order, with all fields and a valid signature', async () => {
  const { control, account } = emulator;
  const roomSid = await createRoom();
  await control.advanceClock({ ms: 1500 });
  const { sid } = await control.connect({ room: 'r', identity: 'doctor' });
  await control.advanceClock({ ms: 61_250 });
  await control.disconnect({ room: 'r', identity: 'doctor' });
  await control.complete({ room: 'r' });
  await control.settled();

  const room = { AccountSid: account.accountSid, RoomName: 'r', RoomSid: roomSid, RoomType: 'group' };
  const going = { ...room, RoomStatus: 'in-progress' };
  const doctor = { ParticipantSid: sid, ParticipantIdentity: 'doctor' };
  expect(receiver.received.map(({ parameters }) => parameters)).toEqual([
    { ...going, StatusCallbackEvent: 'room-created', Timestamp: '2030-01-01T08:00:00.250Z', SequenceNumber: '0' },
    {
      ...going,
      ...doctor,
      StatusCallbackEvent: 'participant-connected',
      Timestamp: '2030-01-01T08:00:01.750Z',
      SequenceNumber: '1',
      ParticipantStatus: 'connected',
    },
    {
      ...going,
      ...doctor,
      StatusCallbackEvent: 'participant-disconnected',
      Timestamp: '2030-01-01T08:01:03.000Z',
      SequenceNumber: '2',
      ParticipantStatus: 'disconnected',
      ParticipantDuration: '61',
    },
    {
      ...room,
      RoomStatus: 'completed',
      StatusCallbackEvent: 'room-ended',
      Timestamp: '2030-01-01T08:01:03.000Z',
      SequenceNumber: '3',
      RoomDuration: '62',
    },
  ]);
  for (const { signature, parameters } of receiver.received) {
    expect(twilio.validateRequest(account.authToken, signature, receiver.url, parameters)).toBe(true);
    expect(twilio.validateRequest(account.apiKeySecret, signature, receiver.url, parameters)).toBe(false);
  }
});

it('calls back by GET when asked to, signing the URL with its query', async () => {
  await createRoom({ StatusCallbackMethod: 'GET' });
  await emulator.control.settled();
  const [{ method, url, signature, parameters } = expect.fail('nothing came')] = receiver.received;
  expect([method, parameters['StatusCallbackEvent']]).toEqual(['GET', 'room-created']);
  expect(twilio.validateRequest(emulator.account.authToken, signature, url, {})).toBe(true);
});

it('signs the public URL when it sends elsewhere', async () => {
  const origin = new URL(receiver.url).origin;
  const proxied = await startTwilioEmulator({ callbacksTo: origin });
  const publicUrl = receiver.url.replace(origin, 'https://duet.example');
  await restClient(proxied)('POST', '/v1/Rooms', { StatusCallback: publicUrl });
  await proxied.control.settled();
  const [{ signature, parameters } = expect.fail('nothing came')] = receiver.received;
  expect(twilio.validateRequest(proxied.account.authToken, signature, publicUrl, parameters)).toBe(true);
  await proxied.stop();
});

it('notes what the backend answered, and when nobody does', async () => {
  await createRoom();
  await ask('POST', '/v1/Rooms', { UniqueName: 'lonely', StatusCallback: 'http://127.0.0.1:9/' });
  await emulator.control.settled();
  expect(await emulator.control.listCallbacks({ room: 'r' })).toMatchObject([{ status: 'delivered', answers: [204] }]);
  const [lost] = await emulator.control.listCallbacks({ room: 'lonely' });
  expect(lost).toMatchObject({ status: 'failed', answers: [expect.stringContaining('ECONNREFUSED')] });
});

it('gives an event the instant that a test names', async () => {
  await createRoom();
  await emulator.control.connect({ room: 'r', identity: 'user', at: '2031-05-05T05:05:05.005Z' });
  await emulator.control.settled();
  expect(receiver.received[1]?.parameters['Timestamp']).toBe('2031-05-05T05:05:05.005Z');
});

describe('faults of callbacks', () => {
  it('repeats', async () => {
    await emulator.control.addFault({ on: 'callback', kind: 'repeat', copies: 3, event: 'participant-connected' });
    await createRoom();
    await emulator.control.connect({ room: 'r', identity: 'user' });
    await emulator.control.settled();
    expect(events()).toEqual(['room-created', ...Array(3).fill('participant-connected')]);
    expect(new Set(receiver.received.slice(1).map(({ signature }) => signature)).size).toBe(1);
  });

  it('lets one overtake the other', async () => {
    await createRoom();
    await emulator.control.addFault({ on: 'callback', kind: 'reorder', room: 'r' });
    await emulator.control.connect({ room: 'r', identity: 'user' });
    await emulator.control.disconnect({ room: 'r', identity: 'user' });
    await emulator.control.settled();
    expect(events()).toEqual(['room-created', 'participant-disconnected', 'participant-connected']);
    expect(receiver.received.map(({ parameters }) => parameters['SequenceNumber'])).toEqual(['0', '2', '1']);
  });

  it('holds late ones until they are released, backwards when asked', async () => {
    await emulator.control.addFault({ on: 'callback', kind: 'late', times: 2 });
    await createRoom();
    await emulator.control.connect({ room: 'r', identity: 'user' });
    await emulator.control.complete({ room: 'r' });
    await emulator.control.settled();
    expect(events()).toEqual(['participant-disconnected', 'room-ended']);
    await emulator.control.releaseCallbacks({ backwards: true });
    await emulator.control.settled();
    expect(events().slice(2)).toEqual(['participant-connected', 'room-created']);
  });

  it('holds late ones until the clock has come', async () => {
    await emulator.control.addFault({ on: 'callback', kind: 'late', ms: 20_000 });
    await createRoom();
    await emulator.control.advanceClock({ ms: 19_999 });
    await emulator.control.settled();
    expect(events()).toEqual([]);
    await emulator.control.advanceClock({ ms: 1 });
    await emulator.control.settled();
    expect(receiver.received[0]?.parameters['Timestamp']).toBe('2030-01-01T08:00:00.250Z');
  });

  it('drops one and forges another', async () => {
    await emulator.control.addFault({ on: 'callback', kind: 'drop', event: 'room-created' });
    await emulator.control.addFault({ on: 'callback', kind: 'forge', event: 'participant-connected' });
    await createRoom();
    await emulator.control.connect({ room: 'r', identity: 'user' });
    await emulator.control.settled();
    expect(events()).toEqual(['participant-connected']);
    const [{ signature, parameters } = expect.fail('nothing came')] = receiver.received;
    expect(twilio.validateRequest(emulator.account.authToken, signature, receiver.url, parameters)).toBe(false);
  });
});
