import type { OperationId } from '../driver/answer.ts';
import { contractDocument } from '../driver/contract.ts';
import { type Case, negativesOf } from './cases.ts';

/** What the contract's words say of a case otherwise than its schema does. */
type Settled = {
  describe: string;
  fits(one: Case): boolean;
  expected: Case['expected'];
};

const SETTLED: readonly Settled[] = [
  {
    describe: 'a cursor not issued for this very query is invalid (http/pages)',
    fits: ({ at, expected, side }) =>
      at.in === 'query' && at.pointer === '/cursor' && side !== 'absent' && expected === 'accepted',
    expected: { code: 'validation-failed', place: { in: 'query', pointer: '/cursor' } },
  },
  ...(['/doctorId', '/userId'] as const).map((pointer) => ({
    describe: 'a user names doctorId, a doctor names userId (appointments/counterpart)',
    fits: ({ operationId, at, side }: Case) =>
      operationId === 'createAppointment' && at.pointer === pointer && side === 'absent',
    expected: {
      code: 'validation-failed' as const,
      place: { in: 'body' as const, pointer },
      rule: 'required' as const,
    },
  })),
];

const known = new Map<string, readonly Case[]>();

/** The cases of an operation of the contract, with what its words settle. */
export function casesOf(operationId: OperationId): readonly Case[] {
  const cases = known.get(operationId) ?? negativesOf(contractDocument, operationId).map(settle);
  known.set(operationId, cases);
  return cases;
}

function settle(one: Case): Case {
  const settled = SETTLED.find(({ fits }) => fits(one));
  return settled ? { ...one, expected: settled.expected } : one;
}
