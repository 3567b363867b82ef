import { violatedConstraint } from '../../db/database-errors.ts';
import type { Db } from '../../db/db.ts';
import { runStatement, type Statement } from '../../db/statement.ts';
import { dataText } from '../events/event.ts';
import { notifyStored, storingTold } from '../events/events.statements.ts';
import type { Insertion, Message, Tell } from './message.ts';

/** Everything reads from the appointment's row lock, so that PostgreSQL cannot begin it before that is taken. */
const newMessage: Statement = {
  name: 'new-message',
  text: `WITH appointment AS MATERIALIZED (
      SELECT id, doctor_id, user_id, cancelled_at, message_count FROM appointments
      WHERE id = $1 AND $2 IN (doctor_id, user_id) FOR NO KEY UPDATE
    ), known AS MATERIALIZED (
      SELECT m.id, m.body, m.sent_at FROM appointment a
      JOIN messages m ON m.appointment_id = a.id AND m.sender_id = $2 AND m.client_id = $3
    ), open AS MATERIALIZED (
      SELECT * FROM appointment WHERE cancelled_at IS NULL AND NOT EXISTS (SELECT FROM known)
    ), counted AS (
      UPDATE appointments a SET message_count = o.message_count + 1 FROM open o WHERE a.id = o.id
    ), sent AS (
      INSERT INTO messages (appointment_id, place, id, sender_id, client_id, body, sent_at)
      SELECT o.id, o.message_count + 1, $4, $2, $3, $5, $6 FROM open o
    ), told AS MATERIALIZED (
      SELECT unnest(ARRAY[o.doctor_id, o.user_id]) AS account_id, 1 AS nth, $7 AS type, $8 AS data, NULL::uuid AS signal_id
      FROM open o
    ), ${storingTold('$6')}
    SELECT a.cancelled_at IS NOT NULL AS is_cancelled, k.id, k.body, k.sent_at,
      CASE WHEN EXISTS (SELECT FROM stored) THEN ${notifyStored}::text END AS notified
    FROM appointment a LEFT JOIN known k ON true`,
};

type Row = { is_cancelled: boolean; id: string | null; body: string; sent_at: Date };

/**
 * The prepared version of a hot path.
 *
 * @see InsertMessage
 */
export async function insertMessage(db: Db, message: Message, tell: Tell): Promise<Insertion> {
  try {
    return await insert(db, message, tell);
  } catch (error) {
    // The same message was on its way already: now that it is there, it is known.
    if (violatedConstraint(error) !== 'messages_client_id_key') throw error;
    return insert(db, message, tell);
  }
}

async function insert(db: Db, message: Message, tell: Tell): Promise<Insertion> {
  const { id, appointmentId, senderId, clientId, body, sentAt } = message;
  const event = tell([]);
  const values = [appointmentId, senderId, clientId, id, body, sentAt, event.type, dataText(event)];
  const [row] = await runStatement<Row>(db.orm, newMessage, values);
  if (!row) return { outcome: 'no-appointment' };
  if (row.id !== null) {
    const first = { id: row.id, appointmentId, clientId, senderId, body: row.body, sentAt: row.sent_at };
    return { outcome: 'known', first };
  }
  return { outcome: row.is_cancelled ? 'cancelled' : 'stored' };
}
