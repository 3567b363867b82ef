import type { Statement } from '../database.ts';

/** Token's hash, now, what is sought, name and id that come before, how many. One row at least to a session. */
const listText = `SELECT s.account_id AS "callerId", d.id, d.display_name, d.specialty
  FROM sessions s LEFT JOIN LATERAL (
    SELECT a.id, a.display_name, a.specialty FROM accounts a
    WHERE a.role = 'doctor' AND $3::text IS NOT NULL AND (a.display_name, a.id) > ($4::text COLLATE "C", $5::uuid) SOUGHT
    ORDER BY a.display_name, a.id LIMIT $6
  ) d ON true
  WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY d.display_name, d.id`;

export const listDoctors: Statement = { name: 'list_doctors', text: listText.replace('SOUGHT', '') };

export const searchDoctors: Statement = {
  name: 'search_doctors',
  text: listText.replace('SOUGHT', 'AND (strpos(a.display_name_key, $3) > 0 OR strpos(a.specialty_key, $3) > 0)'),
};

/** Token's hash, now, the doctor. */
export const findDoctor: Statement = {
  name: 'find_doctor',
  text: `SELECT s.account_id AS "callerId", d.id, d.display_name, d.specialty
    FROM sessions s LEFT JOIN accounts d ON d.id = $3 AND d.role = 'doctor'
    WHERE s.token_hash = $1 AND s.expires_at > $2`,
};

/** Token's hash, now, the doctor, from, to. No appointment is longer than two hours. */
export const listBusyTimes: Statement = {
  name: 'list_busy_times',
  text: `SELECT s.account_id AS "callerId", d.id, b.starts_at, b.ends_at
    FROM sessions s LEFT JOIN accounts d ON d.id = $3 AND d.role = 'doctor'
    LEFT JOIN appointments b ON b.doctor_id = d.id AND b.cancelled_at IS NULL AND b.starts_at < $5::bigint
      AND b.starts_at > $4::bigint - 7200000 AND b.ends_at > $4::bigint
    WHERE s.token_hash = $1 AND s.expires_at > $2 ORDER BY b.starts_at`,
};
