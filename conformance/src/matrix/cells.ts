import type { OperationId } from '../driver/answer.ts';
import { ACTORS, type ActorName, type Expected, type ObjectName, type Outcome, TABLE } from './table.ts';

export type Cell = { operationId: OperationId; object: ObjectName; actor: ActorName; expected: Expected };

/** The actors who are nobody to the server, and those who are somebody: every actor is one of these. */
export const WITHOUT_SESSION = ['nobody', 'malformed', 'revoked'] as const satisfies readonly ActorName[];
export const WITH_SESSION = ['doctor', 'user', 'otherDoctor', 'otherUser'] as const satisfies readonly ActorName[];

export const tableOperations = Object.keys(TABLE) as OperationId[];

/** An operation's cells for these actors, object by object. */
export function cellsOf(operationId: OperationId, actors: readonly ActorName[]): Cell[] {
  const rows = Object.entries(TABLE[operationId]) as [ObjectName, readonly Expected[]][];
  return rows.flatMap(([object, row]) =>
    ACTORS.flatMap((actor, index) => {
      const expected = row[index];
      return expected !== undefined && actors.includes(actor) ? [{ operationId, object, actor, expected }] : [];
    }),
  );
}

export function outcomeFor({ expected }: Cell, provider: 'peer' | 'twilio'): Outcome {
  return typeof expected === 'string' ? expected : expected[provider];
}
