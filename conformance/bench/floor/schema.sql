-- The floor's tables and functions. One idempotent file: it can be applied again at any time.
-- Instants are milliseconds since 1970, so that neither side has to parse or print them more than once.

CREATE TABLE IF NOT EXISTS floor_migrations (version integer PRIMARY KEY);

CREATE TABLE IF NOT EXISTS accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  email_key text COLLATE "C" NOT NULL UNIQUE,
  password_hash text NOT NULL,
  role text NOT NULL CHECK (role IN ('doctor', 'user')),
  display_name text COLLATE "C" NOT NULL,
  display_name_key text COLLATE "C" NOT NULL,
  specialty text,
  specialty_key text COLLATE "C",
  time_zone text NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS accounts_directory ON accounts (display_name, id) WHERE role = 'doctor';

CREATE TABLE IF NOT EXISTS sessions (
  token_hash bytea PRIMARY KEY,
  id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES accounts,
  expires_at bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions (account_id);

CREATE TABLE IF NOT EXISTS login_failures (email_hash bytea NOT NULL, failed_at bigint NOT NULL);
CREATE INDEX IF NOT EXISTS login_failures_of_email ON login_failures (email_hash, failed_at DESC);

CREATE TABLE IF NOT EXISTS appointments (
  id uuid PRIMARY KEY,
  doctor_id uuid NOT NULL REFERENCES accounts,
  user_id uuid NOT NULL REFERENCES accounts,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  duration_minutes integer NOT NULL,
  reason text,
  created_at bigint NOT NULL,
  cancelled_at bigint,
  cancelled_by uuid,
  cancel_reason text,
  doctor_read bigint NOT NULL DEFAULT 0,
  user_read bigint NOT NULL DEFAULT 0,
  started_at bigint,
  ended_at bigint,
  call jsonb
);
CREATE INDEX IF NOT EXISTS appointments_of_doctor ON appointments (doctor_id, starts_at, id);
CREATE INDEX IF NOT EXISTS appointments_of_user ON appointments (user_id, starts_at, id);

-- The names are those of the first answer: a replay shows them whatever the two are called by then.
CREATE TABLE IF NOT EXISTS booking_keys (
  account_id uuid NOT NULL REFERENCES accounts,
  key text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  fingerprint bytea NOT NULL,
  appointment_id uuid NOT NULL REFERENCES appointments,
  doctor_name text NOT NULL,
  doctor_specialty text,
  user_name text NOT NULL,
  PRIMARY KEY (account_id, key, created_at)
);

CREATE TABLE IF NOT EXISTS messages (
  appointment_id uuid NOT NULL REFERENCES appointments,
  seq bigint NOT NULL,
  id uuid NOT NULL UNIQUE,
  sender_id uuid NOT NULL REFERENCES accounts,
  client_id uuid NOT NULL,
  body text NOT NULL,
  sent_at bigint NOT NULL,
  PRIMARY KEY (appointment_id, seq),
  UNIQUE (appointment_id, sender_id, client_id)
);

-- The row of an account's stream is the one lock there is: every write that concerns two people takes both rows,
-- by account id, before it looks at anything that may change.
CREATE TABLE IF NOT EXISTS event_streams (
  account_id uuid PRIMARY KEY REFERENCES accounts,
  last_id bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The appointment is that of a signal, whose data is forgotten with the call's end.
CREATE TABLE IF NOT EXISTS events (
  account_id uuid NOT NULL,
  id bigint NOT NULL,
  type text NOT NULL,
  data text NOT NULL,
  written_at bigint NOT NULL,
  appointment_id uuid,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX IF NOT EXISTS events_of_signals ON events (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS signals (
  appointment_id uuid NOT NULL REFERENCES appointments,
  sender_id uuid NOT NULL REFERENCES accounts,
  client_id uuid NOT NULL,
  PRIMARY KEY (appointment_id, sender_id, client_id)
);

CREATE OR REPLACE FUNCTION lock_streams(one uuid, other uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM event_streams WHERE account_id IN (one, other) ORDER BY account_id FOR UPDATE;
END $$;

-- The locks of those who are told are held already, or it is one account alone.
CREATE OR REPLACE FUNCTION tell(
  people uuid[], event_type text, event_data text, now_ms bigint, of_appointment uuid DEFAULT NULL
)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH numbered AS (
    UPDATE event_streams SET last_id = last_id + 1 WHERE account_id = ANY (people) RETURNING account_id, last_id
  )
  INSERT INTO events (account_id, id, type, data, written_at, appointment_id)
  SELECT account_id, last_id, event_type, event_data, now_ms, of_appointment FROM numbered;
  PERFORM pg_notify('events', array_to_string(people, ' '));
END $$;

-- Whose session it is; nothing when the token is unknown, revoked or expired.
CREATE OR REPLACE FUNCTION caller_of(token bytea, now_ms bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT account_id FROM sessions WHERE token_hash = token AND expires_at > now_ms
$$;

-- A failure is counted under a lock of its email: of many simultaneous ones ten are failures, the rest come too late.
CREATE OR REPLACE FUNCTION record_failure(email bytea, now_ms bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE tenth bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(('x' || encode(substring(email FROM 1 FOR 8), 'hex'))::bit(64)::bigint);
  SELECT failed_at INTO tenth FROM login_failures
    WHERE email_hash = email AND failed_at > now_ms - 900000 AND failed_at <= now_ms + 5000
    ORDER BY failed_at DESC OFFSET 9 LIMIT 1;
  IF tenth IS NULL THEN INSERT INTO login_failures VALUES (email, now_ms); END IF;
  RETURN tenth;
END $$;

CREATE OR REPLACE FUNCTION revoke_session(token bytea, now_ms bigint, at text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE revoked record;
BEGIN
  DELETE FROM sessions WHERE token_hash = token AND expires_at > now_ms RETURNING id, account_id INTO revoked;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM tell(ARRAY[revoked.account_id], 'session.revoked',
    json_build_object('at', at, 'sessionIds', json_build_array(revoked.id))::text, now_ms);
  RETURN revoked.account_id;
END $$;

CREATE OR REPLACE FUNCTION revoke_all_sessions(token bytea, now_ms bigint, at text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  caller uuid := caller_of(token, now_ms);
  ids json;
BEGIN
  IF caller IS NULL THEN RETURN NULL; END IF;
  -- The stream is locked first: of two at once the second finds its session revoked.
  PERFORM lock_streams(caller, caller);
  IF caller_of(token, now_ms) IS NULL THEN RETURN NULL; END IF;
  WITH revoked AS (DELETE FROM sessions WHERE account_id = caller RETURNING id)
  SELECT json_agg(id) INTO ids FROM revoked;
  PERFORM tell(ARRAY[caller], 'session.revoked', json_build_object('at', at, 'sessionIds', ids)::text, now_ms);
  RETURN caller;
END $$;

CREATE OR REPLACE FUNCTION profile_json(person accounts) RETURNS json LANGUAGE sql IMMUTABLE AS $$
  SELECT json_build_object('id', person.id, 'role', person.role, 'displayName', person.display_name,
    'specialty', person.specialty)
$$;

CREATE OR REPLACE FUNCTION book_appointment(
  token bytea, now_ms bigint, new_id uuid, named_doctor uuid, named_user uuid, new_starts_at bigint, new_minutes integer,
  new_reason text, booking_key text, body_fingerprint bytea, at text, starts_text text, ends_text text,
  OUT outcome text, OUT caller uuid, OUT id uuid, OUT starts_at bigint, OUT ends_at bigint, OUT duration_minutes integer,
  OUT reason text, OUT created_at bigint, OUT doctor_id uuid, OUT doctor_name text, OUT doctor_specialty text,
  OUT user_id uuid, OUT user_name text
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  me accounts;
  other accounts;
  doctor accounts;
  patient accounts;
  kept booking_keys;
  other_id uuid;
BEGIN
  SELECT account.* INTO me FROM sessions JOIN accounts account ON account.id = sessions.account_id
    WHERE sessions.token_hash = token AND sessions.expires_at > now_ms;
  IF NOT FOUND THEN outcome := 'unauthenticated'; RETURN; END IF;
  caller := me.id;
  IF me.role = 'doctor' THEN other_id := named_user; ELSE other_id := named_doctor; END IF;
  IF other_id IS NULL OR (named_doctor IS NOT NULL AND named_user IS NOT NULL) THEN
    outcome := 'wrong-counterpart'; RETURN;
  END IF;
  PERFORM lock_streams(me.id, other_id);

  IF booking_key IS NOT NULL THEN
    SELECT * INTO kept FROM booking_keys
      WHERE account_id = me.id AND key = booking_key AND booking_keys.created_at > now_ms - 86400000
      ORDER BY booking_keys.created_at DESC LIMIT 1;
    IF FOUND THEN
      IF kept.fingerprint <> body_fingerprint THEN outcome := 'idempotency-key-reused'; RETURN; END IF;
      outcome := 'replayed';
      SELECT a.id, a.starts_at, a.ends_at, a.duration_minutes, a.reason, a.created_at, a.doctor_id, a.user_id
        INTO id, starts_at, ends_at, duration_minutes, reason, created_at, doctor_id, user_id
        FROM appointments a WHERE a.id = kept.appointment_id;
      doctor_name := kept.doctor_name; doctor_specialty := kept.doctor_specialty; user_name := kept.user_name;
      RETURN;
    END IF;
  END IF;

  SELECT * INTO other FROM accounts WHERE accounts.id = other_id AND accounts.role <> me.role;
  IF NOT FOUND THEN outcome := 'unknown-participant'; RETURN; END IF;
  IF new_starts_at < now_ms OR new_starts_at > now_ms + 31536000000 THEN outcome := 'invalid-start'; RETURN; END IF;
  IF me.role = 'doctor' THEN doctor := me; patient := other; ELSE doctor := other; patient := me; END IF;
  id := new_id; starts_at := new_starts_at; ends_at := new_starts_at + new_minutes * 60000;
  duration_minutes := new_minutes; reason := new_reason; created_at := now_ms;
  doctor_id := doctor.id; doctor_name := doctor.display_name; doctor_specialty := doctor.specialty;
  user_id := patient.id; user_name := patient.display_name;

  -- No appointment is longer than two hours, so that of the earlier ones only those of the last two can reach in.
  IF EXISTS (SELECT FROM appointments a WHERE a.doctor_id = doctor.id AND a.starts_at > new_starts_at - 7200000
      AND a.starts_at < new_starts_at + new_minutes * 60000 AND a.ends_at > new_starts_at AND a.cancelled_at IS NULL)
    OR EXISTS (SELECT FROM appointments a WHERE a.user_id = patient.id AND a.starts_at > new_starts_at - 7200000
      AND a.starts_at < new_starts_at + new_minutes * 60000 AND a.ends_at > new_starts_at AND a.cancelled_at IS NULL)
  THEN outcome := 'slot-taken'; RETURN; END IF;

  INSERT INTO appointments (id, doctor_id, user_id, starts_at, ends_at, duration_minutes, reason, created_at)
    VALUES (new_id, doctor.id, patient.id, new_starts_at, new_starts_at + new_minutes * 60000, new_minutes, new_reason, now_ms);
  IF booking_key IS NOT NULL THEN
    INSERT INTO booking_keys VALUES (me.id, booking_key, now_ms, body_fingerprint, new_id, doctor.display_name,
      doctor.specialty, patient.display_name);
  END IF;
  PERFORM tell(ARRAY[doctor.id, patient.id], 'appointment.created', json_build_object('at', at, 'appointment',
    json_build_object('id', new_id, 'doctor', profile_json(doctor), 'user', profile_json(patient), 'startsAt', starts_text,
      'endsAt', ends_text, 'durationMinutes', new_minutes, 'reason', new_reason, 'status', 'scheduled', 'createdAt', at,
      'cancelledAt', NULL, 'cancelledBy', NULL, 'cancelReason', NULL, 'call', json_build_object('state', 'none',
        'roomName', NULL, 'participants', json_build_array(), 'startedAt', NULL, 'endedAt', NULL)))::text, now_ms);
  outcome := 'booked';
END $$;

CREATE OR REPLACE FUNCTION send_message(
  token bytea, now_ms bigint, in_appointment uuid, new_id uuid, new_client_id uuid, new_body text, at text,
  OUT outcome text, OUT caller uuid, OUT id uuid, OUT sent_at bigint
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  people record;
  known messages;
BEGIN
  caller := caller_of(token, now_ms);
  IF caller IS NULL THEN outcome := 'unauthenticated'; RETURN; END IF;
  SELECT a.doctor_id, a.user_id INTO people FROM appointments a
    WHERE a.id = in_appointment AND (a.doctor_id = caller OR a.user_id = caller);
  IF NOT FOUND THEN outcome := 'not-found'; RETURN; END IF;
  PERFORM lock_streams(people.doctor_id, people.user_id);
  INSERT INTO messages (appointment_id, seq, id, sender_id, client_id, body, sent_at)
    SELECT a.id, 1 + coalesce((SELECT m.seq FROM messages m WHERE m.appointment_id = in_appointment
        ORDER BY m.seq DESC LIMIT 1), 0), new_id, caller, new_client_id, new_body, now_ms
    FROM appointments a WHERE a.id = in_appointment AND a.cancelled_at IS NULL
    ON CONFLICT (appointment_id, sender_id, client_id) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO known FROM messages m
      WHERE m.appointment_id = in_appointment AND m.sender_id = caller AND m.client_id = new_client_id;
    IF NOT FOUND THEN outcome := 'appointment-cancelled';
    ELSIF known.body <> new_body THEN outcome := 'client-id-reused';
    ELSE outcome := 'repeated'; id := known.id; sent_at := known.sent_at;
    END IF;
    RETURN;
  END IF;
  PERFORM tell(ARRAY[people.doctor_id, people.user_id], 'message.created', json_build_object('at', at, 'message',
    json_build_object('id', new_id, 'appointmentId', in_appointment, 'clientId', new_client_id, 'senderId', caller,
      'body', new_body, 'sentAt', at))::text, now_ms);
  outcome := 'sent'; id := new_id; sent_at := now_ms;
END $$;

CREATE OR REPLACE FUNCTION mark_read(
  token bytea, now_ms bigint, in_appointment uuid, up_to uuid, at text, OUT outcome text, OUT caller uuid
) LANGUAGE plpgsql AS $$
DECLARE
  people record;
  mark bigint;
BEGIN
  caller := caller_of(token, now_ms);
  IF caller IS NULL THEN outcome := 'unauthenticated'; RETURN; END IF;
  SELECT a.doctor_id, a.user_id INTO people FROM appointments a
    WHERE a.id = in_appointment AND (a.doctor_id = caller OR a.user_id = caller);
  IF NOT FOUND THEN outcome := 'not-found'; RETURN; END IF;
  SELECT m.seq INTO mark FROM messages m WHERE m.id = up_to AND m.appointment_id = in_appointment;
  IF NOT FOUND THEN outcome := 'unknown-message'; RETURN; END IF;
  PERFORM lock_streams(people.doctor_id, people.user_id);
  UPDATE appointments a SET doctor_read = CASE WHEN a.doctor_id = caller THEN mark ELSE doctor_read END,
      user_read = CASE WHEN a.user_id = caller THEN mark ELSE user_read END
    WHERE a.id = in_appointment AND mark > CASE WHEN a.doctor_id = caller THEN doctor_read ELSE user_read END;
  IF FOUND THEN
    PERFORM tell(ARRAY[people.doctor_id, people.user_id], 'message.read', json_build_object('at', at,
      'appointmentId', in_appointment, 'accountId', caller, 'upTo', up_to)::text, now_ms);
  END IF;
  outcome := 'marked';
END $$;

CREATE OR REPLACE FUNCTION show_typing(
  token bytea, now_ms bigint, in_appointment uuid, at text, OUT outcome text, OUT caller uuid
) LANGUAGE plpgsql AS $$
DECLARE found_one record;
BEGIN
  caller := caller_of(token, now_ms);
  IF caller IS NULL THEN outcome := 'unauthenticated'; RETURN; END IF;
  SELECT a.doctor_id, a.user_id, a.cancelled_at INTO found_one FROM appointments a
    WHERE a.id = in_appointment AND (a.doctor_id = caller OR a.user_id = caller);
  IF NOT FOUND THEN outcome := 'not-found'; RETURN; END IF;
  IF found_one.cancelled_at IS NOT NULL THEN outcome := 'appointment-cancelled'; RETURN; END IF;
  PERFORM tell(ARRAY[CASE WHEN caller = found_one.doctor_id THEN found_one.user_id ELSE found_one.doctor_id END],
    'message.typing', json_build_object('at', at, 'appointmentId', in_appointment, 'accountId', caller)::text, now_ms);
  outcome := 'told';
END $$;

INSERT INTO floor_migrations VALUES (1) ON CONFLICT DO NOTHING;
