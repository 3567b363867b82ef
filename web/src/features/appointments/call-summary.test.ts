import { expect, test } from 'vitest';
import { anAppointment } from './appointment.sample.ts';
import { callSummary } from './call-summary.ts';

test('a call that is over has its length and who was there', () => {
  const { doctor } = anAppointment();
  const participants = [
    {
      accountId: doctor.id,
      connected: false,
      joinedAt: '2026-11-27T10:01:00.000Z',
      leftAt: '2026-11-27T10:20:00.000Z',
    },
  ];
  const call = {
    state: 'ended' as const,
    roomName: null,
    participants,
    startedAt: '2026-11-27T10:01:00.000Z',
    endedAt: '2026-11-27T10:21:30.000Z',
  };
  const summary = callSummary(anAppointment({ status: 'completed', call }));
  expect(summary?.length).toBe(1_230_000);
  expect(summary?.people.map((person) => person.joinedAt !== null)).toEqual([true, false]);
});

test('one that never took place has none', () => {
  expect(callSummary(anAppointment({ status: 'missed' }))).toBeNull();
});
