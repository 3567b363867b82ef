import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { type CallbackReceiver, startReceiver } from '../testing/callback-receiver.ts';
import { restClient, type RestClient } from '../testing/rest-client.ts';

const start = Date.parse('2030-01-01T08:00:00.000Z');
const minuteMs = 60_000;
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

async function createRoom(name: string, form: Record<string, string> = {}): Promise<string> {
  const { body } = await ask('POST', '/v1/Rooms', { UniqueName: name, StatusCallback: receiver.url, ...form });
  return String(body['sid']);
}

async function statusOf(sid: string): Promise<unknown> {
  return (await ask('GET', `/v1/Rooms/${sid}`)).body['status'];
}

async function endOf(name: string): Promise<Record<string, string> | undefined> {
  await emulator.control.settled();
  return receiver.received
    .map(({ parameters }) => parameters)
    .find(({ RoomName, StatusCallbackEvent }) => RoomName === name && StatusCallbackEvent === 'room-ended');
}

it('ends an unused room at exactly its timeout', async () => {
  const sid = await createRoom('unused');
  await emulator.control.advanceClock({ ms: 5 * minuteMs - 1 });
  expect(await statusOf(sid)).toBe('in-progress');
  await emulator.control.advanceClock({ ms: 1 });
  expect(await statusOf(sid)).toBe('completed');
  expect(await endOf('unused')).toMatchObject({ Timestamp: '2030-01-01T08:05:00.000Z', RoomDuration: '300' });
});

it('ends an empty room its own minutes after the last one left', async () => {
  const sid = await createRoom('empty', { EmptyRoomTimeout: '2', UnusedRoomTimeout: '1' });
  await emulator.control.connect({ room: 'empty', identity: 'anna' });
  await emulator.control.connect({ room: 'empty', identity: 'bert' });
  await emulator.control.advanceClock({ ms: 60 * minuteMs });
  await emulator.control.disconnect({ room: 'empty', identity: 'anna' });
  await emulator.control.advanceClock({ ms: 60 * minuteMs });
  expect(await statusOf(sid)).toBe('in-progress');
  await emulator.control.disconnect({ room: 'empty', identity: 'bert' });
  await emulator.control.advanceClock({ ms: 10 * minuteMs });
  expect(await statusOf(sid)).toBe('completed');
  expect(await endOf('empty')).toMatchObject({ Timestamp: '2030-01-01T10:02:00.000Z' });
});

it('counts again when somebody came back in time', async () => {
  const sid = await createRoom('again');
  await emulator.control.connect({ room: 'again', identity: 'anna' });
  await emulator.control.disconnect({ room: 'again', identity: 'anna' });
  await emulator.control.advanceClock({ ms: 4 * minuteMs });
  await emulator.control.connect({ room: 'again', identity: 'anna' });
  await emulator.control.advanceClock({ ms: 4 * minuteMs });
  expect(await statusOf(sid)).toBe('in-progress');
});

it('moves the time of one room alone', async () => {
  const [one, other] = [await createRoom('one'), await createRoom('other')];
  await emulator.control.advanceClock({ ms: 5 * minuteMs, room: 'one' });
  expect([await statusOf(one), await statusOf(other)]).toEqual(['completed', 'in-progress']);
  await emulator.control.setClock({ now: '2040-01-01T00:00:00Z', room: 'other' });
  expect(await statusOf(other)).toBe('completed');
  expect(await emulator.control.readClock()).toEqual({ now: '2030-01-01T08:00:00.000Z' });
});

it('ends a room by the running clock, without being asked', async () => {
  const running = await startTwilioEmulator();
  await restClient(running)('POST', '/v1/Rooms', { UniqueName: 'live', StatusCallback: receiver.url });
  await running.control.advanceClock({ ms: 5 * minuteMs - 30 });
  await expect.poll(() => endOf('live'), { interval: 10, timeout: 5000 }).toBeDefined();
  await running.stop();
});
