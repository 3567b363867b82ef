import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallSession, CallState, EndedReason, JoinGrant } from '../../call/call-session.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { appointmentWith } from './appointment.fixture.ts';
import type { TabLock } from './tab-lock.ts';
import { useCall, type Call, type CallOutside } from './use-call.ts';

const grant = { provider: 'peer', connectionId: 'c-1' } as JoinGrant;

function fakeSession() {
  const state = ref<CallState>('connecting');
  const endedReason = ref<EndedReason | null>(null);
  const leave = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const dispose = vi.fn<() => void>();
  const session = { state, endedReason, failure: ref(null), leave, dispose } as unknown as CallSession;
  return { session, state, endedReason, leave, dispose };
}

describe('the way through a call', () => {
  let scope: EffectScope;
  let call: Call;
  let fake: ReturnType<typeof fakeSession>;
  let lost: () => void;
  let appointment: Appointment;
  const outside = {
    acquire: vi.fn<TabLock['acquire']>(),
    release: vi.fn<() => void>(),
    join: vi.fn<CallOutside['join']>(),
    leaveCall: vi.fn<CallOutside['leaveCall']>(),
    judge: vi.fn<CallOutside['judge']>(),
  };

  beforeEach(() => {
    vi.resetAllMocks();
    outside.acquire.mockResolvedValue(true);
    outside.join.mockResolvedValue(grant);
    fake = fakeSession();
    appointment = appointmentWith({ status: 'in_progress' });
    scope = effectScope();
    call = scope.run(() =>
      useCall({
        ...outside,
        lock: (onLost) => {
          lost = onLost;
          return outside;
        },
        openSession: () => Promise.resolve(fake.session),
        load: () => Promise.resolve(appointment),
      }),
    ) as Call;
  });
  afterEach(() => scope.stop());

  const phase = () => call.flow.value.phase;

  it('follows the session', async () => {
    await call.join();
    expect(phase()).toBe('connecting');
    for (const state of ['waiting', 'connected', 'reconnecting', 'connected'] as const) {
      fake.state.value = state;
      await vi.waitFor(() => expect(phase()).toBe(state));
    }
  });

  it('goes straight in after a reload', async () => {
    call.open(appointment, true);
    await vi.waitFor(() => expect(call.session.value).toBe(fake.session));
  });

  it('asks for the lock ahead, and gives it back when there is no call', () => {
    call.prepare();
    expect(outside.acquire).toHaveBeenCalledWith('after-reload');
    expect(outside.join).not.toHaveBeenCalled();
    call.open(appointmentWith({ status: 'completed' }), true);
    expect(outside.release).toHaveBeenCalledOnce();
  });

  it('leaves again when it was withdrawn while the backend answered', async () => {
    let answer: (given: JoinGrant) => void = () => undefined;
    outside.join.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const joining = call.join();
    await vi.waitFor(() => expect(outside.join).toHaveBeenCalled());
    call.withdraw();
    answer(grant);
    await joining;
    expect(outside.leaveCall).toHaveBeenCalledWith('c-1');
    expect(phase()).toBe('lobby');
    expect(call.session.value).toBeNull();
  });

  it('says that another tab has the call, and takes it over when asked', async () => {
    outside.acquire.mockResolvedValueOnce(false);
    await call.join();
    expect(call.flow.value).toEqual({ phase: 'lobby', obstacle: { kind: 'other-tab' } });
    await call.join({ takeOver: true });
    expect(outside.acquire).toHaveBeenLastCalledWith('take-over');
    expect(call.session.value).toBe(fake.session);
  });

  it('lets go when another tab takes it over', async () => {
    await call.join();
    lost();
    expect(call.flow.value).toEqual({ phase: 'ended', reason: 'other-tab' });
    expect(fake.dispose).toHaveBeenCalled();
  });

  it('tells why it ended as the appointment knows it', async () => {
    await call.join();
    appointment = appointmentWith({ status: 'completed', call: { endedAt: '2026-03-02T09:54:10.500Z' } });
    fake.endedReason.value = 'call-over';
    fake.state.value = 'ended';
    await vi.waitFor(() => expect(call.flow.value).toEqual({ phase: 'ended', reason: 'ended' }));
  });

  it('does not come back by itself from another device', async () => {
    await call.join();
    fake.endedReason.value = 'other-device';
    fake.state.value = 'ended';
    await vi.waitFor(() => expect(call.flow.value).toEqual({ phase: 'ended', reason: 'superseded' }));
    expect(outside.join).toHaveBeenCalledOnce();
  });

  it('waits at an obstacle and tries again', async () => {
    const obstacle = { kind: 'offline', retryAt: 1 } as const;
    outside.join.mockRejectedValueOnce(new Error('offline'));
    outside.judge.mockReturnValue({ obstacle });
    await call.join();
    expect(call.flow.value).toMatchObject({ phase: 'joining', obstacle });
    await call.retry();
    expect(call.session.value).toBe(fake.session);
    expect(outside.judge).toHaveBeenCalledWith(expect.any(Error), 1);
  });

  it('stays in the call for a reload when the page goes away', async () => {
    await call.join();
    fake.state.value = 'connected';
    await vi.waitFor(() => expect(phase()).toBe('connected'));
    fake.dispose.mockImplementation(() => {
      fake.endedReason.value = 'left';
      fake.state.value = 'ended';
    });
    call.suspend();
    await Promise.resolve();
    expect(fake.dispose).toHaveBeenCalled();
    expect(phase()).toBe('connected');
  });

  it('leaves, and frees the call for other tabs', async () => {
    await call.join();
    await call.leave();
    expect(fake.leave).toHaveBeenCalled();
    expect(outside.release).toHaveBeenCalled();
    expect(call.flow.value).toEqual({ phase: 'ended', reason: 'left' });
  });

  it('is over at once, whether the backend can be told or not', async () => {
    await call.join();
    fake.leave.mockRejectedValue(new Error('unauthenticated'));
    const leaving = call.leave('logged-out');
    expect(call.flow.value).toEqual({ phase: 'ended', reason: 'logged-out' });
    await expect(leaving).resolves.toBeUndefined();
  });
});
