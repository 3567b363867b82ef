import type { Statement } from '../database.ts';

/** Token's hash, now. */
export const findSession: Statement = {
  name: 'find_session',
  text: `SELECT s.account_id AS "accountId", a.role FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = $1 AND s.expires_at > $2`,
};

/** The email's key and its hash, now. One row, of which the account is null where there is none. */
export const findLogin: Statement = {
  name: 'find_login',
  text: `SELECT a.id, a.email, a.role, a.display_name, a.specialty, a.time_zone, a.created_at, a.password_hash,
      (SELECT f.failed_at FROM login_failures f WHERE f.email_hash = $2 AND f.failed_at > $3::bigint - 900000
        AND f.failed_at <= $3::bigint + 5000 ORDER BY f.failed_at DESC OFFSET 9 LIMIT 1) AS tenth
    FROM (SELECT) one LEFT JOIN accounts a ON a.email_key = $1`,
};

/** The email's hash, now. */
export const recordFailure: Statement = {
  name: 'record_failure',
  text: 'SELECT record_failure($1, $2) AS tenth',
};

export const insertSession: Statement = {
  name: 'insert_session',
  text: 'INSERT INTO sessions (token_hash, id, account_id, expires_at) VALUES ($1, $2, $3, $4)',
};

/** Token's hash, now, now as text. */
export const revokeSession: Statement = {
  name: 'revoke_session',
  text: 'SELECT revoke_session($1, $2, $3) AS "accountId"',
};

export const revokeAllSessions: Statement = {
  name: 'revoke_all_sessions',
  text: 'SELECT revoke_all_sessions($1, $2, $3) AS "accountId"',
};
