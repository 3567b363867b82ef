import type { Statement } from '../database.ts';

/** Token's hash, now, the appointment, the new id, the client's id, the body, now as text. */
export const sendMessage: Statement = {
  name: 'send_message',
  text: 'SELECT * FROM send_message($1, $2, $3, $4, $5, $6, $7)',
};

/** Token's hash, now, the appointment, the message, now as text. */
export const markRead: Statement = { name: 'mark_read', text: 'SELECT * FROM mark_read($1, $2, $3, $4, $5)' };

/** Token's hash, now, the appointment, now as text. */
export const showTyping: Statement = { name: 'show_typing', text: 'SELECT * FROM show_typing($1, $2, $3, $4)' };

const listText = `SELECT s.account_id AS "callerId", a.id AS "appointmentId", PIVOT AS pivot,
    m.id, m.client_id, m.sender_id, m.body, m.sent_at
  FROM sessions s
  LEFT JOIN appointments a ON a.id = $3 AND s.account_id IN (a.doctor_id, a.user_id) JOINED
  LEFT JOIN LATERAL (SELECT * FROM messages WHERE appointment_id = a.id WITHIN ORDER BY seq DIRECTION LIMIT $4) m ON true
  WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY m.seq DIRECTION`;

const joined = 'LEFT JOIN messages p ON p.id = $5 AND p.appointment_id = a.id';

function listOf(name: string, parts: { pivot: string; joined: string; within: string; direction: string }): Statement {
  const text = listText
    .replace('PIVOT', parts.pivot)
    .replace('JOINED', parts.joined)
    .replace('WITHIN', parts.within)
    .replaceAll('DIRECTION', parts.direction);
  return { name, text };
}

/** Token's hash, now, the appointment, how many. One row at least to a session, the newest first. */
export const listNewest = listOf('list_newest', { pivot: 'NULL', joined: '', within: '', direction: 'DESC' });

/** The same, and the message before which they are. */
export const listBefore = listOf('list_before', {
  pivot: 'p.seq',
  joined,
  within: 'AND seq < p.seq',
  direction: 'DESC',
});

/** The same, and the message after which they are; the oldest first. */
export const listAfter = listOf('list_after', { pivot: 'p.seq', joined, within: 'AND seq > p.seq', direction: 'ASC' });

/** Token's hash, now. One row at least to a session. */
export const countUnread: Statement = {
  name: 'count_unread',
  text: `SELECT s.account_id AS "callerId", c.id, c.count
    FROM sessions s LEFT JOIN LATERAL (
      SELECT a.id, count(*) FROM (
        SELECT id, doctor_read AS mark FROM appointments WHERE doctor_id = s.account_id
        UNION ALL SELECT id, user_read FROM appointments WHERE user_id = s.account_id
      ) a JOIN messages m ON m.appointment_id = a.id AND m.seq > a.mark AND m.sender_id <> s.account_id
      GROUP BY a.id
    ) c ON true
    WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY c.id`,
};
