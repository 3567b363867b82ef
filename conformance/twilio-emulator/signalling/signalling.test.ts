import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTwilioEmulator, type TwilioEmulator } from '../emulator.ts';
import type { Json } from '../json.ts';
import { restClient } from '../testing/rest-client.ts';
import { openClient, type SignallingClient } from '../testing/signalling-client.ts';
import { tokenFor } from '../testing/tokens.ts';

let emulator: TwilioEmulator;
let clients: SignallingClient[];

beforeEach(async () => {
  emulator = await startTwilioEmulator({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
  clients = [];
  await restClient(emulator)('POST', '/v1/Rooms', { UniqueName: 'r', MaxParticipants: '2' });
});
afterEach(async () => {
  for (const client of clients) client.drop();
  await emulator.stop();
});

async function open(hello?: object): Promise<SignallingClient> {
  const client = await openClient(emulator.signallingUrl, hello);
  clients.push(client);
  return client;
}

function connectMessage(identity: string, parts: object = {}): object {
  return {
    type: 'connect',
    version: 2,
    name: 'r',
    token: tokenFor(emulator.account, { identity, room: 'r' }),
    participant: { revision: 1, tracks: [track(`${identity}-camera`)] },
    peer_connections: [offer(`${identity}-peer`, 1)],
    ...parts,
  };
}

function track(id: string, enabled = true): object {
  return { id, kind: 'video', name: id, enabled, priority: 'standard' };
}

function offer(id: string, revision: number, type = 'offer'): object {
  return { id, description: { type, revision, sdp: `${type} of ${id} ${revision}` } };
}

/** Joins, and gives the client with what it was told. */
async function join(identity: string, parts?: object): Promise<{ client: SignallingClient; told: Json }> {
  const client = await open();
  client.send(connectMessage(identity, parts));
  return { client, told: await client.next('connected') };
}

async function refusalOf(message: object): Promise<unknown> {
  const client = await open();
  client.send(message);
  return (await client.next('error'))['code'];
}

/** The next update that has such a part. */
async function nextWith(client: SignallingClient, part: string): Promise<Json> {
  for (;;) {
    const update = await client.next('update');
    if (part in update) return update;
  }
}

it('gives ICE servers for the body of the hello', async () => {
  const client = await open({ type: 'ice', version: 1, token: 'x' });
  expect(await client.next('iced')).toEqual({
    type: 'iced',
    version: 1,
    ice_servers: [{ urls: 'stun:127.0.0.1:3478' }],
  });
});

it('listens at /signaling alone', async () => {
  const socket = new WebSocket(emulator.signallingUrl.replace('signaling', 'elsewhere'));
  const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
  expect(error.message).toContain('404');
});

describe('connect', () => {
  it('is refused for its token', async () => {
    const stranger = { ...emulator.account, apiKeySecret: 'other' };
    expect(await refusalOf(connectMessage('anna', { token: 'x' }))).toBe(20101);
    expect(await refusalOf(connectMessage('anna', { token: tokenFor(stranger, { identity: 'a' }) }))).toBe(20107);
    const stale = tokenFor(emulator.account, { identity: 'anna', room: 'r', seconds: 60 });
    await emulator.control.advanceClock({ ms: 61_000, room: 'r' });
    expect(await refusalOf(connectMessage('anna', { token: stale }))).toBe(20104);
  });

  it('is refused for another room than the one granted', async () => {
    await restClient(emulator)('POST', '/v1/Rooms', { UniqueName: 'other' });
    expect(await refusalOf(connectMessage('anna', { name: 'other' }))).toBe(20106);
    const token = tokenFor(emulator.account, { identity: 'anna' });
    expect(await refusalOf(connectMessage('anna', { name: 'nowhere', token }))).toBe(53106);
    expect((await join('anna', { name: 'other', token })).told['name']).toBe('other');
  });

  it('takes the room from the grant when none is named', async () => {
    expect((await join('anna', { name: null })).told['name']).toBe('r');
  });

  it('is refused for an ended room, and a full one', async () => {
    await emulator.control.connect({ room: 'r', identity: 'doctor' });
    await join('anna');
    expect(await refusalOf(connectMessage('bert'))).toBe(53105);
    await emulator.control.complete({ room: 'r' });
    expect(await refusalOf(connectMessage('anna'))).toBe(53106);
  });
});

describe('two clients', () => {
  it('are told of each other and of their tracks', async () => {
    const anna = await join('anna');
    expect(anna.told).toMatchObject({
      participants: [],
      published: { tracks: [{ id: 'anna-camera', state: 'ready' }] },
    });
    const bert = await join('bert');
    expect(bert.told).toMatchObject({
      participants: [{ identity: 'anna', state: 'connected', tracks: [{ name: 'anna-camera', enabled: true }] }],
      subscribed: { tracks: [{ id: 'anna-camera' }] },
    });
    bert.client.send({ type: 'update', participant: { revision: 2, tracks: [track('bert-camera', false)] } });
    await expect
      .poll(() => anna.client.bodies.at(-1))
      .toMatchObject({ participants: [{ identity: 'bert', tracks: [{ enabled: false }] }] });
  });

  it("are linked by the first one's offer, and the newcomer's own is closed", async () => {
    const anna = await join('anna');
    anna.client.send({
      type: 'update',
      peer_connections: [{ id: 'anna-peer', ice: { revision: 1, ufrag: 'u', candidates: [{}] } }],
    });
    await emulator.control.settled();
    const bert = await join('bert');
    expect(bert.told['peer_connections']).toEqual([
      { ...offer('anna-peer', 1), ice: { revision: 1, ufrag: 'u', candidates: [{}] } },
      { id: 'bert-peer', description: { type: 'close', revision: 0 } },
    ]);
    bert.client.send({ type: 'update', peer_connections: [offer('anna-peer', 1, 'answer')] });
    expect(await nextWith(anna.client, 'peer_connections')).toMatchObject({
      peer_connections: [offer('anna-peer', 1, 'answer')],
    });
  });

  it('hear one of two offers that cross', async () => {
    const [anna, bert] = [await join('anna'), await join('bert')];
    bert.client.send({ type: 'update', peer_connections: [offer('anna-peer', 1, 'answer')] });
    await nextWith(anna.client, 'peer_connections');
    bert.client.send({ type: 'update', peer_connections: [offer('anna-peer', 2)] });
    expect(await nextWith(anna.client, 'peer_connections')).toMatchObject({
      peer_connections: [offer('anna-peer', 2)],
    });
    anna.client.send({ type: 'update', peer_connections: [offer('anna-peer', 2)] });
    anna.client.send({ type: 'update', peer_connections: [offer('anna-peer', 2, 'answer')] });
    expect(await nextWith(bert.client, 'peer_connections')).toMatchObject({
      peer_connections: [offer('anna-peer', 2, 'answer')],
    });
  });

  it('meet again by the offer of the one who comes back', async () => {
    const [anna, bert] = [await join('anna'), await join('bert')];
    bert.client.send({ type: 'disconnect', session: bert.told['session'] });
    expect(await nextWith(anna.client, 'peer_connections')).toMatchObject({
      peer_connections: [{ id: 'anna-peer', description: { type: 'close' } }],
    });
    const again = await join('bert');
    expect(again.told['peer_connections']).toEqual([{ id: 'bert-peer' }]);
    expect(await nextWith(anna.client, 'peer_connections')).toMatchObject({
      peer_connections: [offer('bert-peer', 1)],
    });
  });
});

describe('a lost socket', () => {
  it('shows as reconnecting until the session is synced', async () => {
    const [anna, bert] = [await join('anna'), await join('bert')];
    bert.client.drop();
    await expect.poll(() => anna.client.bodies.at(-1)).toMatchObject({ participants: [{ state: 'reconnecting' }] });
    const back = await open({ ...connectMessage('bert'), type: 'sync', session: bert.told['session'] });
    expect(await back.next('synced')).toMatchObject({
      session: bert.told['session'],
      participants: [{ identity: 'anna' }],
      peer_connections: [{ id: 'anna-peer' }],
    });
    await expect.poll(() => anna.client.bodies.at(-1)).toMatchObject({ participants: [{ state: 'connected' }] });
  });

  it('is given up after 30 seconds, and so is the session', async () => {
    const [anna, bert] = [await join('anna'), await join('bert')];
    bert.client.drop();
    await expect.poll(() => anna.client.bodies.at(-1)).toMatchObject({ participants: [{ state: 'reconnecting' }] });
    await emulator.control.advanceClock({ ms: 30_000, room: 'r' });
    await expect.poll(() => anna.client.bodies.at(-1)).toMatchObject({ participants: [{ state: 'disconnected' }] });
    expect(await refusalOf({ ...connectMessage('bert'), type: 'sync', session: bert.told['session'] })).toBe(53002);
  });

  it('hears on its return that the room is over', async () => {
    const anna = await join('anna');
    anna.client.drop();
    await emulator.control.complete({ room: 'r' });
    const back = await open({ ...connectMessage('anna'), type: 'sync', session: anna.told['session'] });
    expect(await back.next('disconnected')).toMatchObject({ status: 'completed' });
  });

  it('needs a token that is still good', async () => {
    const token = tokenFor(emulator.account, { identity: 'anna', room: 'r', seconds: 10 });
    const anna = await join('anna', { token });
    anna.client.drop();
    await emulator.control.advanceClock({ ms: 11_000, room: 'r' });
    const sync = { ...connectMessage('anna', { token }), type: 'sync', session: anna.told['session'] };
    expect(await refusalOf(sync)).toBe(20104);
  });
});

describe('who is in there', () => {
  it('is told 53205 when the same identity comes by another way', async () => {
    const anna = await join('anna');
    await join('anna');
    expect((await anna.client.next('error'))['code']).toBe(53205);
  });

  it('is sent away by REST without an error', async () => {
    const anna = await join('anna');
    await restClient(emulator)('POST', '/v1/Rooms/r/Participants/anna', { Status: 'disconnected' });
    expect(await anna.client.next('disconnected')).toMatchObject({ status: 'disconnected' });
  });

  it('is told when the room vanishes', async () => {
    const anna = await join('anna');
    await emulator.control.vanish({ room: 'r' });
    expect((await anna.client.next('error'))['code']).toBe(53106);
  });
});
