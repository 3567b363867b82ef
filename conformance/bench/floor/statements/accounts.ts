import type { Statement } from '../database.ts';

const columns = 'id, email, role, display_name, specialty, time_zone, created_at';

/** No row when the email is taken. */
export const insertAccount: Statement = {
  name: 'insert_account',
  text: `WITH added AS (
      INSERT INTO accounts (id, email, email_key, password_hash, role, display_name, display_name_key, specialty,
        specialty_key, time_zone, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'UTC', $10) ON CONFLICT (email_key) DO NOTHING RETURNING ${columns}
    ), stream AS (INSERT INTO event_streams (account_id) SELECT id FROM added)
    SELECT ${columns} FROM added`,
};

/** Token's hash, now. */
export const findMe: Statement = {
  name: 'find_me',
  text: `SELECT ${columns.replaceAll(/\w+/g, 'a.$&')} FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.token_hash = $1 AND s.expires_at > $2`,
};

/** Token's hash, now, and the new values or null; no row either when a user names a specialty. */
export const updateMe: Statement = {
  name: 'update_me',
  text: `UPDATE accounts a SET display_name = coalesce($3, a.display_name),
      display_name_key = coalesce($4, a.display_name_key), specialty = coalesce($5, a.specialty),
      specialty_key = coalesce($6, a.specialty_key), time_zone = coalesce($7, a.time_zone)
    FROM sessions s WHERE a.id = s.account_id AND s.token_hash = $1 AND s.expires_at > $2
      AND ($5::text IS NULL OR a.role = 'doctor')
    RETURNING ${columns.replaceAll(/\w+/g, 'a.$&')}`,
};
