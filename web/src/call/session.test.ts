// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallEvent, CallSession, CallSessionOptions, JoinGrant } from './call-session.ts';
import type { Link, LinkOwner } from './link.ts';
import { createSession } from './session.ts';

const grantOf = (connectionId: string): JoinGrant => ({
  provider: 'peer',
  roomName: 'room',
  connectionId,
  epoch: 1,
  offerer: true,
  iceServers: [],
  iceTransportPolicy: 'all',
  expiresAt: '2026-03-02T10:15:00.000Z',
});
const refusal = (code: string): Error => Object.assign(new Error(code), { code });

let session: CallSession;
let options: CallSessionOptions;
let owner: LinkOwner;
let links: { grant: JoinGrant; isOpen: boolean }[];
let joins: (() => Promise<JoinGrant>)[];
let hear: (event: CallEvent) => void;
let refuseHeartbeat: (code: string) => void;
let isSuperseded: boolean;
let stopAll: ReturnType<typeof vi.fn<() => void>>;
let left: string[];

beforeEach(() => {
  vi.useFakeTimers();
  [links, joins, left, isSuperseded] = [[], [], [], false];
  stopAll = vi.fn<() => void>();
  const media = { cameraOn: { value: true }, microphoneOn: { value: true }, stopAll } as never;
  options = {
    grant: grantOf('first'),
    appointmentId: 'appointment',
    accountId: 'me',
    media,
    join: () => joins.shift()?.() ?? Promise.reject(refusal('offline')),
    leaveCall: async (connectionId) => void left.push(connectionId),
    sendSignal: () => Promise.resolve(),
    onSignal: () => () => undefined,
    onCallEvent: (handler) => {
      hear = handler;
      return () => undefined;
    },
    isOtherConnected: () => Promise.resolve(true),
    heartbeat: (_, onRefused) => {
      refuseHeartbeat = onRefused;
      return { stop: () => undefined };
    },
  };
  session = createSession(options, grantOf('first'), openLink);
});
afterEach(() => {
  session.dispose();
  vi.useRealTimers();
});

function openLink(asOwner: LinkOwner, grant: JoinGrant): Link {
  owner = asOwner;
  const link = { grant, isOpen: true };
  links.push(link);
  asOwner.setState('connecting');
  return {
    onOther: () => undefined,
    farewell: () => Promise.resolve(),
    isSuperseded: () => Promise.resolve(isSuperseded),
    close: () => void (link.isOpen = false),
  };
}

function heardAtOnce(handler: (event: CallEvent) => void): () => void {
  handler(superseded('first'));
  return () => undefined;
}

const superseded = (connectionId: string): CallEvent => ({
  id: '1',
  event: 'call.superseded',
  data: { at: '2026-03-02T09:32:11.000Z', appointmentId: 'appointment', connectionId },
});

describe('joining anew', () => {
  it('tries after 0, 2, 5, 10 seconds and every 10 from then on', async () => {
    owner.setState('connected');
    const begun = Date.now();
    const tried: number[] = [];
    joins = Array.from({ length: 5 }, () => () => {
      tried.push(Date.now() - begun);
      return Promise.reject(refusal('offline'));
    });
    owner.renew();
    await vi.advanceTimersByTimeAsync(27_500);
    expect(tried).toEqual([0, 2000, 7000, 17_000, 27_000]);
    expect(session.state.value).toBe('reconnecting');
    expect(session.failure.value).toEqual({ kind: 'unreachable', code: null });
  });

  it('asks the person after a minute, and goes on trying', async () => {
    owner.setState('connected');
    owner.renew();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(session.needsRejoin.value).toBe(false);
    await vi.advanceTimersByTimeAsync(1500);
    expect(session.needsRejoin.value).toBe(true);
    joins.push(() => Promise.resolve(grantOf('second')));
    await vi.advanceTimersByTimeAsync(10_000);
    owner.setState('connected');
    expect(session.needsRejoin.value).toBe(false);
    expect(links.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it('tries at once when the network is back', async () => {
    owner.renew();
    await vi.advanceTimersByTimeAsync(100);
    joins.push(() => Promise.resolve(grantOf('second')));
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)?.grant.connectionId).toBe('second');
  });

  it('never takes the place back from another device by itself', async () => {
    isSuperseded = true;
    joins.push(() => Promise.resolve(grantOf('second')));
    owner.renew();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.endedReason.value).toBe('other-device');
    expect(links).toHaveLength(1);
  });

  it.each([
    ['call-over', 'call-over'],
    ['appointment-cancelled', 'cancelled'],
    ['not-found', 'failed'],
  ])('ends on %s', async (code, reason) => {
    joins.push(() => Promise.reject(refusal(code)));
    owner.renew();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.endedReason.value).toBe(reason);
  });

  it('follows a refused heartbeat', async () => {
    joins.push(() => Promise.resolve(grantOf('second')));
    refuseHeartbeat('not-joined');
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)?.grant.connectionId).toBe('second');
  });
});

describe('takeover', () => {
  it('ends this one, and stops camera and microphone', () => {
    hear(superseded('first'));
    expect(session.state.value).toBe('ended');
    expect(session.endedReason.value).toBe('other-device');
    expect(stopAll).toHaveBeenCalled();
    expect(links[0]?.isOpen).toBe(false);
  });

  it('of an older connection of our own is nothing', async () => {
    const join = Promise.withResolvers<JoinGrant>();
    joins.push(() => join.promise);
    owner.renew();
    await vi.advanceTimersByTimeAsync(0);
    hear(superseded('first'));
    join.resolve(grantOf('second'));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.state.value).not.toBe('ended');
    hear(superseded('first'));
    expect(session.state.value).not.toBe('ended');
  });

  it('between the join and the session is heard', () => {
    session.dispose();
    session = createSession({ ...options, onCallEvent: heardAtOnce }, grantOf('first'), openLink);
    expect(session.endedReason.value).toBe('other-device');
  });

  it('of the connection that a join under way has made counts', async () => {
    const join = Promise.withResolvers<JoinGrant>();
    joins.push(() => join.promise);
    owner.renew();
    await vi.advanceTimersByTimeAsync(0);
    hear(superseded('second'));
    join.resolve(grantOf('second'));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.endedReason.value).toBe('other-device');
  });

  it('is undone when the person asks for it', async () => {
    isSuperseded = true;
    hear(superseded('first'));
    joins.push(() => Promise.resolve(grantOf('second')));
    Object.assign(session.local, { startCamera: vi.fn(), startMicrophone: vi.fn() });
    await session.rejoin();
    expect(session.state.value).toBe('connecting');
    expect(session.endedReason.value).toBeNull();
    expect(session.local.startCamera).toHaveBeenCalled();
  });
});

it('leaving tells the backend which connection left', async () => {
  await session.leave();
  expect(left).toEqual(['first']);
  expect(session.endedReason.value).toBe('left');
});

it("the provider's end becomes the doctor's when the backend says so", () => {
  owner.end('call-over');
  hear({ id: '2', event: 'call.ended', data: {} as never });
  expect(session.endedReason.value).toBe('ended-by-doctor');
});
