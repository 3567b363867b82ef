import twilio from 'twilio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';

let emulator: TwilioEmulator;
let client: twilio.Twilio;

function clientOf({ url, account }: TwilioEmulator, options: { autoRetry?: boolean } = {}): twilio.Twilio {
  const made = twilio(account.apiKeySid, account.apiKeySecret, { accountSid: account.accountSid, ...options });
  made.video.baseUrl = url;
  return made;
}

/** What the SDK throws, down to what callers look at. */
async function refusal(call: Promise<unknown>): Promise<{ code: unknown; status: unknown }> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof twilio.RestException)) throw new Error(`no RestException but ${String(error)}`);
  return { code: error.code, status: error.status };
}

beforeAll(async () => {
  emulator = await startTwilioEmulator();
  client = clientOf(emulator);
});
afterAll(() => emulator.stop());

it('creates, adopts, fetches, lists and ends a room', async () => {
  const settings = { type: 'group' as const, uniqueName: 'sdk', maxParticipants: 2, unusedRoomTimeout: 5 };
  const room = await client.video.v1.rooms.create(settings);
  expect(room).toMatchObject({ uniqueName: 'sdk', status: 'in-progress', maxParticipants: 2, endTime: null });
  expect(room.dateCreated).toBeInstanceOf(Date);
  expect(await refusal(client.video.v1.rooms.create(settings))).toEqual({ code: 53113, status: 400 });
  expect((await client.video.v1.rooms('sdk').fetch()).sid).toBe(room.sid);
  expect(await client.video.v1.rooms.list({ uniqueName: 'sdk' })).toMatchObject([{ sid: room.sid }]);

  expect((await client.video.v1.rooms(room.sid).update({ status: 'completed' })).status).toBe('completed');
  const again = client.video.v1.rooms(room.sid).update({ status: 'completed' });
  expect(await refusal(again)).toEqual({ code: 53112, status: 400 });
  expect(await refusal(client.video.v1.rooms('sdk').fetch())).toEqual({ code: 20404, status: 404 });
});

it('walks all pages of a list', async () => {
  for (let number = 0; number < 7; number++) await client.video.v1.rooms.create({ uniqueName: `page-${number}` });
  const rooms = await client.video.v1.rooms.list({ pageSize: 3 });
  expect(rooms.map(({ uniqueName }) => uniqueName)).toEqual([6, 5, 4, 3, 2, 1, 0].map((number) => `page-${number}`));
});

it('puts a participant out', async () => {
  await client.video.v1.rooms.create({ uniqueName: 'out' });
  await emulator.control.connect({ room: 'out', identity: 'anna' });
  const { participants } = client.video.v1.rooms('out');
  expect(await participants.list()).toMatchObject([{ identity: 'anna', status: 'connected' }]);
  expect((await participants('anna').update({ status: 'disconnected' })).status).toBe('disconnected');
  expect(await participants.list()).toEqual([]);
  expect(await refusal(participants('nobody').fetch())).toEqual({ code: 20404, status: 404 });
});

it('is refused with another secret', async () => {
  const stranger = clientOf({ ...emulator, account: { ...emulator.account, apiKeySecret: 'other' } });
  expect(await refusal(stranger.video.v1.rooms.list())).toEqual({ code: 20003, status: 401 });
});

it('retries 429 alone, when told to', async () => {
  await emulator.control.addFault({ on: 'request', kind: 'status', status: 429 });
  expect(await refusal(client.video.v1.rooms.list())).toEqual({ code: 20429, status: 429 });
  await emulator.control.addFault({ on: 'request', kind: 'status', status: 429, times: 2 });
  await clientOf(emulator, { autoRetry: true }).video.v1.rooms.list();
  await emulator.control.addFault({ on: 'request', kind: 'status', status: 500 });
  const call = clientOf(emulator, { autoRetry: true }).video.v1.rooms.list();
  expect(await refusal(call)).toEqual({ code: 20500, status: 500 });
});
