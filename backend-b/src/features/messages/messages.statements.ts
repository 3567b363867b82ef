import { notifyTold } from '../events/events.statements.ts';
import { isRepeat, type InsertMessage } from './messages.repository.ts';

/**
 * Each part waits for the one before: the appointment's row, which numbers the message, then both people's streams by
 * account id, then the event. A simultaneous repeat waits for the row and breaks the unique index.
 */
export const insertMessage: InsertMessage = async (db, message, { type, data }) => {
  const { id, appointmentId, senderId, clientId, body, sentAt } = message;
  try {
    const rows = await db.orm.$queryRaw<unknown[]>`/* insert_message */
      WITH numbered AS (
        UPDATE appointments a SET message_count = a.message_count + 1
        WHERE a.id = ${appointmentId}::uuid AND ${senderId}::uuid IN (a.doctor_id, a.user_id) AND a.cancelled_at IS NULL
          AND NOT EXISTS (
            SELECT FROM messages m
            WHERE m.appointment_id = a.id AND m.sender_id = ${senderId}::uuid AND m.client_id = ${clientId}::uuid)
        RETURNING a.id, a.message_count, a.doctor_id, a.user_id
      ), sent AS (
        INSERT INTO messages (id, appointment_id, number, sender_id, client_id, body, sent_at)
        SELECT ${id}::uuid, n.id, n.message_count, ${senderId}::uuid, ${clientId}::uuid, ${body}::text, ${sentAt}::timestamptz
        FROM numbered n RETURNING 1
      ), streams AS (
        SELECT s.account_id FROM event_streams s, numbered n, (SELECT count(*) FROM sent) after_it
        WHERE s.account_id IN (n.doctor_id, n.user_id) ORDER BY s.account_id FOR UPDATE OF s
      ), raised AS (
        UPDATE event_streams s SET last_id = s.last_id + 1 FROM streams l WHERE s.account_id = l.account_id
        RETURNING s.account_id, s.last_id
      ), told AS (
        INSERT INTO events (account_id, id, type, data, created_at)
        SELECT account_id, last_id, ${type}, ${JSON.stringify(data)}::text, ${sentAt}::timestamptz FROM raised
        RETURNING account_id
      )
      ${notifyTold}`;
    return rows.length === 1 ? 'sent' : 'refused';
  } catch (error) {
    if (isRepeat(error)) return 'refused';
    throw error;
  }
};
