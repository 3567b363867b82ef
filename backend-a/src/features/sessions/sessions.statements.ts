import type { Db } from '../../db/db.ts';
import { runStatement, type Statement } from '../../db/statement.ts';
import type { Caller } from '../../http/authenticate.ts';

const callerOfToken: Statement = {
  name: 'caller-of-token',
  text: `SELECT s.id AS "sessionId", s.account_id AS "accountId", a.role
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2`,
};

/**
 * The prepared version of a hot path.
 *
 * @see FindCaller
 */
export async function findCaller(db: Db, tokenHash: Buffer, now: Date): Promise<Caller | undefined> {
  const [caller] = await runStatement<Caller>(db.orm, callerOfToken, [tokenHash, now]);
  return caller;
}
