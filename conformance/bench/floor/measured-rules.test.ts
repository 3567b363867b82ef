import { rules } from '@duet/contract/rules';
import { expect, test } from 'vitest';
import { documentedOperations } from './contract.ts';
import { fittingRules, leftOut, measuredRules } from './measured-rules.ts';
import { served } from './served.ts';

test('every operation that is served is documented', () => {
  const documented = documentedOperations.map(({ operationId }) => operationId);
  expect([...served.keys()].filter((operationId) => !documented.includes(operationId))).toEqual([]);
});

test('what is left out would be measured else, and has a reason', () => {
  for (const [id, reason] of Object.entries(leftOut)) {
    expect(fittingRules()).toContain(id);
    expect(measuredRules()).not.toContain(id);
    expect(reason).toMatch(/\S/);
  }
});

test('rules about what Twilio says are the only others', () => {
  const others = Object.entries(rules).filter(([id]) => !fittingRules().some((fitting) => fitting === id));
  for (const [id, { provider, operations }] of others)
    expect(provider === 'twilio' || operations.every((one) => one === 'receiveRoomStatus'), id).toBe(true);
});
