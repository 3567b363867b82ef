import type { Statement } from '../database.ts';

/** Token's hash, now, the event that must be kept for what follows to be known. */
export const openStream: Statement = {
  name: 'open_stream',
  text: `SELECT s.account_id AS "accountId", s.id AS "sessionId", s.expires_at AS "expiresAt", t.last_id AS "lastId",
      e.written_at AS "writtenAt"
    FROM sessions s JOIN event_streams t ON t.account_id = s.account_id
    LEFT JOIN events e ON e.account_id = s.account_id AND e.id = $3
    WHERE s.token_hash = $1 AND s.expires_at > $2`,
};

/** Accounts and the last event that each was told, in step. */
export const readNews: Statement = {
  name: 'read_news',
  text: `SELECT e.account_id AS "accountId", e.id, e.type, e.data
    FROM unnest($1::uuid[], $2::bigint[]) AS followed (account_id, last_id)
    JOIN events e ON e.account_id = followed.account_id AND e.id > followed.last_id
    ORDER BY e.account_id, e.id LIMIT 2000`,
};

/** The account, the last event that a stream was told, now. Time may have ended the call of a signal. */
export const readMissed: Statement = {
  name: 'read_missed',
  text: `SELECT e.account_id AS "accountId", e.id, e.type,
      CASE WHEN a.ends_at <= $3::bigint - 900000 THEN (e.data::jsonb || '{"data": null}')::text ELSE e.data END AS data
    FROM events e LEFT JOIN appointments a ON a.id = e.appointment_id
    WHERE e.account_id = $1 AND e.id > $2 ORDER BY e.id LIMIT 100`,
};
