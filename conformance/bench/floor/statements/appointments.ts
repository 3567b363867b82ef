import type { Statement } from '../database.ts';

const columns = `a.id, a.starts_at, a.ends_at, a.duration_minutes, a.reason, a.created_at, a.cancelled_at, a.cancelled_by,
  a.cancel_reason, a.doctor_id, d.display_name AS doctor_name, d.specialty AS doctor_specialty, a.user_id,
  u.display_name AS user_name, a.started_at, a.ended_at, a.call`;

const people = 'JOIN accounts d ON d.id = a.doctor_id JOIN accounts u ON u.id = a.user_id';

/** Token's hash, now, the appointment; its columns are null unless the caller is one of the two. */
export const findAppointment: Statement = {
  name: 'find_appointment',
  text: `SELECT s.account_id AS "callerId", ${columns}
    FROM sessions s LEFT JOIN (appointments a ${people}) ON a.id = $3 AND s.account_id IN (a.doctor_id, a.user_id)
    WHERE s.token_hash = $1 AND s.expires_at > $2`,
};

/** One index for either role; the other branch finds nothing. */
const listText = `SELECT s.account_id AS "callerId", ${columns}
  FROM sessions s LEFT JOIN (LATERAL (
    SELECT * FROM (
      (SELECT * FROM appointments WHERE doctor_id = s.account_id AND WITHIN ORDER BY starts_at, id LIMIT $7)
      UNION ALL
      (SELECT * FROM appointments WHERE user_id = s.account_id AND WITHIN ORDER BY starts_at, id LIMIT $7)
    ) either
  ) a ${people}) ON true
  WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY a.starts_at, a.id`;

const within = '(starts_at, id) > ($4::bigint, $5::uuid) AND starts_at >= $3::bigint AND starts_at < $6::bigint';

const status = `CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled'
  WHEN ended_at IS NOT NULL OR (started_at IS NOT NULL AND ends_at <= $2::bigint - 900000) THEN 'completed'
  WHEN started_at IS NOT NULL THEN 'in_progress' WHEN ends_at <= $2::bigint THEN 'missed' ELSE 'scheduled' END`;

/** Token's hash, now, from, start and id that come before, to, how many. One row at least to a session. */
export const listAppointments: Statement = {
  name: 'list_appointments',
  text: listText.replaceAll('WITHIN', within),
};

/** The same, and the status. */
export const listAppointmentsOfStatus: Statement = {
  name: 'list_appointments_of_status',
  text: listText.replaceAll('WITHIN', `${within} AND ${status} = $8`),
};

export const bookAppointment: Statement = {
  name: 'book_appointment',
  text: 'SELECT * FROM book_appointment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
};

/** The appointment, the token's hash: nobody else's requests hold its people up. */
export const lockPeople: Statement = {
  name: 'lock_people',
  text: `SELECT lock_streams(a.doctor_id, a.user_id) FROM sessions s JOIN appointments a ON a.id = $1
    AND s.account_id IN (a.doctor_id, a.user_id) WHERE s.token_hash = $2`,
};

/** The appointment, when, by whom, why. */
export const cancelAppointment: Statement = {
  name: 'cancel_appointment',
  text: 'UPDATE appointments SET cancelled_at = $2, cancelled_by = $3, cancel_reason = $4 WHERE id = $1',
};

/** The accounts, the event's type, its data, now, and the appointment of a signal. */
export const tell: Statement = { name: 'tell', text: 'SELECT tell($1::uuid[], $2, $3, $4, $5)' };

export const saveCall: Statement = {
  name: 'save_call',
  text: 'UPDATE appointments SET started_at = $2, ended_at = $3, call = $4 WHERE id = $1',
};

/** No row when the sender has sent it already. */
export const insertSignal: Statement = {
  name: 'insert_signal',
  text: 'INSERT INTO signals VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING client_id',
};

/** Signals hold IP addresses: they keep their ids and lose their data. */
export const forgetSignals: Statement = {
  name: 'forget_signals',
  text: `UPDATE events SET data = (data::jsonb || '{"data": null}')::text WHERE appointment_id = $1`,
};
