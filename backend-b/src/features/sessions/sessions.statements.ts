import { toAccount } from '../accounts/accounts.repository.ts';
import type { FindCaller } from './sessions.repository.ts';

interface Row {
  session_id: string;
  expires_at: Date;
  id: string;
  email: string;
  role: string;
  display_name: string;
  specialty: string | null;
  time_zone: string;
  created_at: Date;
}

export const findCallerByToken: FindCaller = async (orm, tokenHash, now) => {
  const [row] = await orm.$queryRaw<Row[]>`/* find_caller */
    SELECT s.id AS session_id, s.expires_at, a.id, a.email, a.role, a.display_name, a.specialty, a.time_zone, a.created_at
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = ${tokenHash} AND s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz`;
  if (!row) return undefined;
  const { session_id: sessionId, expires_at: expiresAt, display_name: displayName, ...rest } = row;
  const { time_zone: timeZone, created_at: createdAt } = row;
  return { sessionId, expiresAt, account: toAccount({ ...rest, displayName, timeZone, createdAt }) };
};
