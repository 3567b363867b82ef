import { expect, it } from 'vitest';
import { step } from './step.ts';
import { describeDifferences, describeSteps } from './words.ts';

it('tells a sequence in words', () => {
  const path = { appointmentId: { $: 'appointment', newest: 0 } } as const;
  const steps = [
    step('user 1', 'createAppointment', {
      body: { doctorId: { $: 'account', who: 'doctor 1' }, startsAt: { $: 'instant', from: 'beginning', ms: 300_000 } },
    }),
    step('doctor 1', 'joinCall', { path, wait: { until: 'opening', appointment: 0, off: -1 }, replica: 1 }),
  ];
  expect(describeSteps(steps, 1)).toEqual([
    '  1. user 1 createAppointment {doctorId: doctor 1, startsAt: beginning + 5 min}',
    '→ 2. 1 ms before the opening of the newest appointment: doctor 1 joinCall {appointmentId: the newest appointment} (replica 2)',
  ]);
});

it('shows model and target side by side', () => {
  expect(describeDifferences('a', [{ place: 'status', expected: 200, actual: 409 }])).toEqual([
    '    status',
    '      - model   200',
    '      + a       409',
  ]);
});
