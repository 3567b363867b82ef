import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Appointment } from '../appointments/appointment.ts';
import { appointmentWith } from './appointment.fixture.ts';
import type { CallFlow } from './call-flow.ts';
import { useOpening } from './use-opening.ts';

const appointment = shallowRef<Appointment | null>(null);
const problem = shallowRef<unknown>(null);
const flow = shallowRef<CallFlow>({ phase: 'lobby', obstacle: null });
const call = {
  flow,
  prepare: vi.fn<() => void>(),
  open: vi.fn<(appointment: Appointment, wasInCall: boolean) => void>(),
  withdraw: vi.fn<() => void>(),
  finish: vi.fn<(reason: string) => void>(),
};
const media = { stopAll: vi.fn<() => void>() };
const restore = vi.fn<() => Promise<void>>();
const prepareProvider = vi.fn<() => Promise<void>>();
let scope: EffectScope;

beforeEach(() => {
  vi.resetAllMocks();
  [appointment.value, problem.value] = [null, null];
  flow.value = { phase: 'lobby', obstacle: null };
  scope = effectScope();
});
afterEach(() => scope.stop());

function open({ wasInCall }: { wasInCall: boolean }) {
  const choices = { wasInCall, provider: wasInCall ? ('twilio' as const) : null, restore };
  const opening = scope.run(() => useOpening({ appointment, problem, call, choices, media, prepareProvider }));
  if (!opening) throw new Error('the scope has ended');
  return opening;
}

async function learn(now: Appointment): Promise<void> {
  appointment.value = now;
  await nextTick();
}

it('asks for nothing on a first visit', async () => {
  const { isComingBack } = open({ wasInCall: false });
  await learn(appointmentWith({ status: 'in_progress' }));
  expect(call.open).toHaveBeenCalledWith(appointment.value, false);
  for (const asked of [restore, call.prepare, prepareProvider]) expect(asked).not.toHaveBeenCalled();
  expect(isComingBack.value).toBe(false);
});

it('gets all ready before the appointment is known, after a reload', async () => {
  open({ wasInCall: true });
  expect(restore).toHaveBeenCalledOnce();
  expect(call.prepare).toHaveBeenCalledOnce();
  expect(prepareProvider).toHaveBeenCalledWith('twilio');
  expect(call.open).not.toHaveBeenCalled();
  await learn(appointmentWith({ status: 'in_progress' }));
  expect(call.open).toHaveBeenCalledWith(appointment.value, true);
});

it('turns the devices off when the call has ended meanwhile', async () => {
  open({ wasInCall: true });
  await learn(appointmentWith({ status: 'completed' }));
  expect(media.stopAll).toHaveBeenCalledOnce();
  expect(restore).toHaveBeenCalledOnce();
});

it('lets go of what it got ready when the call cannot be shown', async () => {
  open({ wasInCall: true });
  problem.value = new Error('offline');
  await nextTick();
  expect(call.withdraw).toHaveBeenCalledOnce();
  expect(media.stopAll).toHaveBeenCalledOnce();
  await learn(appointmentWith({ status: 'in_progress' }));
  expect(call.open).toHaveBeenCalledWith(appointment.value, true);
  expect(restore).toHaveBeenCalledTimes(2);
});

it('leaves a call alone whose appointment cannot be read again', async () => {
  open({ wasInCall: true });
  await learn(appointmentWith({ status: 'in_progress' }));
  problem.value = new Error('offline');
  await nextTick();
  expect(call.withdraw).not.toHaveBeenCalled();
});

it('ends the call when the appointment says so', async () => {
  open({ wasInCall: false });
  await learn(appointmentWith({ status: 'in_progress' }));
  await learn(appointmentWith({ status: 'cancelled' }));
  expect(call.finish).toHaveBeenCalledWith('cancelled');
});

it.each<[string, CallFlow]>([
  ['in the call', { phase: 'connecting' }],
  ['hindered', { phase: 'joining', obstacle: { kind: 'offline', retryAt: 1 }, attempt: 1 }],
  ['in the lobby', { phase: 'lobby', obstacle: { kind: 'other-tab' } }],
])('is coming back until it is %s', async (_, then) => {
  const { isComingBack } = open({ wasInCall: true });
  flow.value = { phase: 'joining', obstacle: null, attempt: 1 };
  await nextTick();
  expect(isComingBack.value).toBe(true);
  flow.value = then;
  await nextTick();
  expect(isComingBack.value).toBe(false);
});
