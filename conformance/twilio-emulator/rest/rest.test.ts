import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import { wrongIn } from '../testing/description.ts';
import { type RestAnswer, restClient, type RestClient } from '../testing/rest-client.ts';

const start = Date.parse('2030-01-01T08:00:00.250Z');
let emulator: TwilioEmulator;
let ask: RestClient;

beforeAll(async () => {
  emulator = await startTwilioEmulator({ now: () => start });
  const client = restClient(emulator);
  ask = async (...request): Promise<RestAnswer> => {
    const answer = await client(...request);
    expect(answer.wrong, `${request[0]} ${request[1]}`).toEqual([]);
    return answer;
  };
});
afterAll(() => emulator.stop());

const asDuetDoes = { Type: 'group', MaxParticipants: '2', UnusedRoomTimeout: '5', EmptyRoomTimeout: '5' };

it("is held against Twilio's description, property by property", async () => {
  const { body } = await ask('POST', '/v1/Rooms');
  const wrong = (change: object): string[] =>
    wrongIn({ method: 'GET', path: '/v1/Rooms/RM1', status: 200, body: { ...body, ...change } });
  expect(wrong({})).toEqual([]);
  expect(wrong({ sid: 'RM1' })).not.toEqual([]);
  expect(wrong({ end_time: undefined })).toEqual([" must have required property 'end_time'"]);
  expect(wrong({ more: 1 })).toEqual([' must NOT have additional properties']);
  expect(wrong({ date_created: '1.1.2030' })).not.toEqual([]);
});

describe('POST /v1/Rooms', () => {
  it('creates a room with what was asked for', async () => {
    const form = {
      ...asDuetDoes,
      UniqueName: 'created',
      StatusCallback: 'http://127.0.0.1:9/x',
      EmptyRoomTimeout: '7',
    };
    const { status, body } = await ask('POST', '/v1/Rooms', form);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      account_sid: emulator.account.accountSid,
      unique_name: 'created',
      status: 'in-progress',
      type: 'group',
      max_participants: 2,
      unused_room_timeout: 5,
      empty_room_timeout: 7,
      status_callback: 'http://127.0.0.1:9/x',
      status_callback_method: 'POST',
      date_created: '2030-01-01T08:00:00Z',
      end_time: null,
      duration: null,
      url: `${emulator.url}/v1/Rooms/${body['sid']}`,
    });
  });

  it('names a room without a name by its sid', async () => {
    const { body } = await ask('POST', '/v1/Rooms');
    expect(body['unique_name']).toBe(body['sid']);
    expect(body).toMatchObject({ type: 'group', max_participants: 50, max_participant_duration: 14_400 });
  });

  it('refuses a name that is in progress, and takes it again when that room has ended', async () => {
    const first = await ask('POST', '/v1/Rooms', { UniqueName: 'twice' });
    const second = await ask('POST', '/v1/Rooms', { UniqueName: 'twice' });
    expect([second.status, second.body['code']]).toEqual([400, 53113]);
    await ask('POST', `/v1/Rooms/${first.body['sid']}`, { Status: 'completed' });
    const third = await ask('POST', '/v1/Rooms', { UniqueName: 'twice' });
    expect(third.status).toBe(201);
    expect(third.body['sid']).not.toBe(first.body['sid']);
  });

  it.each([
    [{ MaxParticipants: '51' }, 53107],
    [{ MaxParticipants: '0' }, 53107],
    [{ Type: 'go', MaxParticipants: '3' }, 53107],
    [{ Type: 'party' }, 53108],
    [{ UnusedRoomTimeout: '0' }, 53109],
    [{ EmptyRoomTimeout: '300' }, 53109],
    [{ EmptyRoomTimeout: '1.5' }, 53109],
    [{ StatusCallbackMethod: 'PUT' }, 53110],
    [{ StatusCallback: '/v1/webhooks' }, 53111],
    [{ UniqueName: 'x'.repeat(129) }, 53101],
    [{ AudioOnly: 'perhaps' }, 20001],
    [{ VideoCodecs: 'AV1' }, 20001],
  ])('refuses %j with %i', async (form, code) => {
    const { status, body } = await ask('POST', '/v1/Rooms', form);
    expect([status, body['code']]).toEqual([400, code]);
  });

  it('refuses a JSON body', async () => {
    const { apiKeySid, apiKeySecret } = emulator.account;
    const response = await fetch(`${emulator.url}/v1/Rooms`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${apiKeySid}:${apiKeySecret}`)}`, 'Content-Type': 'application/json' },
      body: '{"UniqueName": "json"}',
    });
    expect(response.status).toBe(400);
  });
});

describe('authentication', () => {
  it.each([['Basic bm9ib2R5Om5vdGhpbmc='], ['Bearer x'], ['Basic ***']])('refuses %s', async (authorization) => {
    const { status, body } = await ask('GET', '/v1/Rooms', undefined, authorization);
    expect([status, body['code']]).toEqual([401, 20003]);
  });

  it('takes the account with its auth token too', async () => {
    const { accountSid, authToken } = emulator.account;
    const { status } = await ask('GET', '/v1/Rooms', undefined, `Basic ${btoa(`${accountSid}:${authToken}`)}`);
    expect(status).toBe(200);
  });
});

describe('GET and POST /v1/Rooms/{Sid}', () => {
  it('finds a room by sid for ever and by name while it is in progress', async () => {
    const { body } = await ask('POST', '/v1/Rooms', { UniqueName: 'room/with räume' });
    const [sid, name] = [String(body['sid']), encodeURIComponent('room/with räume')];
    expect((await ask('GET', `/v1/Rooms/${name}`)).body['sid']).toBe(sid);
    const { status, body: ended } = await ask('POST', `/v1/Rooms/${name}`, { Status: 'completed' });
    expect([status, ended['status'], ended['end_time'], ended['duration']]).toEqual([
      202,
      'completed',
      '2030-01-01T08:00:00Z',
      0,
    ]);
    expect((await ask('GET', `/v1/Rooms/${sid}`)).body['status']).toBe('completed');
    const byName = await ask('GET', `/v1/Rooms/${name}`);
    expect([byName.status, byName.body['code']]).toEqual([404, 20404]);
  });

  it('refuses to end a room twice, and any other status', async () => {
    const { body } = await ask('POST', '/v1/Rooms');
    const path = `/v1/Rooms/${body['sid']}`;
    expect((await ask('POST', path, { Status: 'failed' })).body['code']).toBe(53112);
    expect((await ask('POST', path, { Status: 'completed' })).status).toBe(202);
    const again = await ask('POST', path, { Status: 'completed' });
    expect([again.status, again.body['code']]).toEqual([400, 53112]);
  });

  it.each([
    ['GET', '/v1/Rooms/RM00000000000000000000000000000000', 404, 20404],
    ['GET', '/v1/Nothing', 404, 20404],
    ['DELETE', '/v1/Rooms', 405, 20004],
  ])('%s %s: %i', async (method, path, status, code) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});

describe('GET /v1/Rooms', () => {
  it('lists by name and status', async () => {
    const { body: old } = await ask('POST', '/v1/Rooms', { UniqueName: 'listed' });
    await ask('POST', `/v1/Rooms/${old['sid']}`, { Status: 'completed' });
    const { body: living } = await ask('POST', '/v1/Rooms', { UniqueName: 'listed' });
    const sids = async (query: string): Promise<unknown> =>
      (await ask('GET', `/v1/Rooms?UniqueName=listed${query}`)).body['rooms'];
    expect(await sids('')).toMatchObject([{ sid: living['sid'] }]);
    expect(await sids('&Status=in-progress')).toMatchObject([{ sid: living['sid'] }]);
    expect(await sids('&Status=completed')).toMatchObject([{ sid: old['sid'] }]);
    expect(await sids('&DateCreatedAfter=2031-01-01')).toEqual([]);
    expect((await ask('GET', '/v1/Rooms?Status=over')).status).toBe(400);
  });

  it('pages as Twilio does', async () => {
    for (const name of ['p1', 'p2', 'p3']) {
      const { body } = await ask('POST', '/v1/Rooms', { UniqueName: `paged-${name}` });
      await ask('POST', `/v1/Rooms/${body['sid']}`, { Status: 'completed' });
    }
    const { body } = await ask('GET', '/v1/Rooms?Status=completed&PageSize=2');
    expect(body['rooms']).toMatchObject([{ unique_name: 'paged-p3' }, { unique_name: 'paged-p2' }]);
    const { meta } = body as { meta: Record<string, string> };
    expect(meta).toMatchObject({ page: 0, page_size: 2, key: 'rooms', previous_page_url: null });
    expect(meta['first_page_url']).toBe(`${emulator.url}/v1/Rooms?Status=completed&PageSize=2&Page=0`);
    const next = await ask('GET', String(meta['next_page_url']).slice(emulator.url.length));
    expect(next.body['rooms']).toMatchObject([{ unique_name: 'paged-p1' }, {}]);
    expect(next.body['meta']).toMatchObject({ page: 1, previous_page_url: meta['first_page_url'] });
  });
});

describe('/v1/Rooms/{RoomSid}/Participants', () => {
  it('lists, fetches and puts out', async () => {
    await ask('POST', '/v1/Rooms', { ...asDuetDoes, UniqueName: 'people' });
    await emulator.control.connect({ room: 'people', identity: 'anna' });
    const { sid } = await emulator.control.connect({ room: 'people', identity: 'bert' });
    const path = '/v1/Rooms/people/Participants';
    expect((await ask('GET', path)).body['participants']).toMatchObject([{ identity: 'bert' }, { identity: 'anna' }]);
    expect((await ask('GET', `${path}?Identity=anna`)).body['participants']).toMatchObject([{ identity: 'anna' }]);
    expect((await ask('GET', `${path}/bert`)).body).toMatchObject({ sid, status: 'connected', duration: null });

    const out = await ask('POST', `${path}/bert`, { Status: 'disconnected' });
    expect([out.status, out.body['status'], out.body['duration']]).toEqual([202, 'disconnected', 0]);
    expect((await ask('GET', path)).body['participants']).toMatchObject([{ identity: 'anna' }]);
    expect((await ask('GET', `${path}?Status=disconnected`)).body['participants']).toMatchObject([{ sid }]);
    expect((await ask('GET', `${path}/${sid}`)).body['status']).toBe('disconnected');
    expect((await ask('GET', `${path}/bert`)).status).toBe(404);
    expect((await ask('POST', `${path}/anna`, { Status: 'connected' })).body['code']).toBe(53209);
  });

  it('shows all of an ended room as disconnected', async () => {
    const { body } = await ask('POST', '/v1/Rooms', { UniqueName: 'over' });
    await emulator.control.connect({ room: 'over', identity: 'anna' });
    await ask('POST', '/v1/Rooms/over', { Status: 'completed' });
    const list = await ask('GET', `/v1/Rooms/${body['sid']}/Participants`);
    expect(list.body['participants']).toMatchObject([{ identity: 'anna', status: 'disconnected' }]);
  });
});
