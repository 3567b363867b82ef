CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE accounts (
  id                  uuid           NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
  role                text           NOT NULL CONSTRAINT accounts_role_check CHECK (role IN ('doctor', 'user')),
  email               text           NOT NULL,
  email_folded        text           NOT NULL,
  password_hash       text           NOT NULL,
  -- The directory is ordered by code point in every database, whatever its locale.
  display_name        text           COLLATE "C" NOT NULL,
  display_name_folded text           NOT NULL,
  specialty           text,
  specialty_folded    text,
  time_zone           text           NOT NULL,
  created_at          timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX accounts_email_folded_key ON accounts (email_folded);
CREATE INDEX accounts_directory_idx ON accounts (display_name, id) WHERE role = 'doctor';

CREATE TABLE sessions (
  id         uuid           NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
  account_id uuid           NOT NULL CONSTRAINT sessions_account_id_fkey REFERENCES accounts (id),
  token_hash bytea          NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  stored_at  timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (token_hash);
CREATE INDEX sessions_account_id_idx ON sessions (account_id);

CREATE TABLE login_attempts (
  id           uuid           NOT NULL CONSTRAINT login_attempts_pkey PRIMARY KEY,
  email_hash   bytea          NOT NULL,
  attempted_at timestamptz(3) NOT NULL,
  is_pending   boolean        NOT NULL,
  stored_at    timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX login_attempts_email_hash_attempted_at_idx ON login_attempts (email_hash, attempted_at);

CREATE TABLE event_streams (
  account_id uuid   NOT NULL CONSTRAINT event_streams_pkey PRIMARY KEY
                    CONSTRAINT event_streams_account_id_fkey REFERENCES accounts (id),
  last_id    bigint NOT NULL DEFAULT 0
);

CREATE TABLE appointments (
  id               uuid           NOT NULL CONSTRAINT appointments_pkey PRIMARY KEY,
  doctor_id        uuid           NOT NULL CONSTRAINT appointments_doctor_id_fkey REFERENCES accounts (id),
  user_id          uuid           NOT NULL CONSTRAINT appointments_user_id_fkey REFERENCES accounts (id),
  starts_at        timestamptz(3) NOT NULL,
  ends_at          timestamptz(3) NOT NULL,
  duration_minutes integer        NOT NULL
                   CONSTRAINT appointments_duration_check CHECK (duration_minutes BETWEEN 5 AND 120 AND duration_minutes % 5 = 0),
  reason           text,
  created_at       timestamptz(3) NOT NULL,
  cancelled_at     timestamptz(3),
  cancelled_by     uuid,
  cancel_reason    text,
  call_started_at  timestamptz(3),
  call_ended_at    timestamptz(3),
  epoch            integer        NOT NULL DEFAULT 0,
  room_id          uuid,
  CONSTRAINT appointments_span_check CHECK (ends_at > starts_at),
  CONSTRAINT appointments_cancelled_check CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
  CONSTRAINT appointments_never_joined_and_cancelled_check CHECK (cancelled_at IS NULL OR call_started_at IS NULL),
  CONSTRAINT appointments_doctor_overlap EXCLUDE USING gist
    (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL),
  CONSTRAINT appointments_user_overlap EXCLUDE USING gist
    (user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL)
);
CREATE INDEX appointments_doctor_id_starts_at_id_idx ON appointments (doctor_id, starts_at, id);
CREATE INDEX appointments_user_id_starts_at_id_idx ON appointments (user_id, starts_at, id);

CREATE TABLE idempotency_keys (
  account_id   uuid           NOT NULL CONSTRAINT idempotency_keys_account_id_fkey REFERENCES accounts (id),
  key          text           NOT NULL,
  request_hash bytea          NOT NULL,
  status       integer        NOT NULL,
  location     text           NOT NULL,
  etag         text           NOT NULL,
  body         text           NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  stored_at    timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key)
);

CREATE TABLE rooms (
  id                 uuid           NOT NULL CONSTRAINT rooms_pkey PRIMARY KEY,
  appointment_id     uuid           NOT NULL CONSTRAINT rooms_appointment_id_fkey REFERENCES appointments (id),
  number             integer        NOT NULL,
  name               text           NOT NULL,
  provider           text           NOT NULL CONSTRAINT rooms_provider_check CHECK (provider IN ('peer', 'twilio')),
  provider_id        text,
  opened_at          timestamptz(3) NOT NULL,
  first_connected_at timestamptz(3),
  ended_at           timestamptz(3),
  end_reason         text           CONSTRAINT rooms_end_reason_check
                                    CHECK (end_reason IN ('unused', 'empty', 'cancelled', 'completed', 'provider'))
);
CREATE UNIQUE INDEX rooms_name_key ON rooms (name);
CREATE UNIQUE INDEX rooms_provider_id_key ON rooms (provider_id);
CREATE UNIQUE INDEX rooms_appointment_id_number_key ON rooms (appointment_id, number);

ALTER TABLE appointments ADD CONSTRAINT appointments_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms (id);
CREATE UNIQUE INDEX appointments_room_id_key ON appointments (room_id);

CREATE TABLE call_participants (
  appointment_id uuid           NOT NULL CONSTRAINT call_participants_appointment_id_fkey REFERENCES appointments (id),
  account_id     uuid           NOT NULL CONSTRAINT call_participants_account_id_fkey REFERENCES accounts (id),
  room_id        uuid           NOT NULL CONSTRAINT call_participants_room_id_fkey REFERENCES rooms (id),
  connection_id  uuid           NOT NULL,
  joined_at      timestamptz(3) NOT NULL,
  is_connected   boolean        NOT NULL,
  has_left       boolean        NOT NULL,
  last_seen_at   timestamptz(3),
  left_at        timestamptz(3),
  CONSTRAINT call_participants_pkey PRIMARY KEY (appointment_id, account_id)
);
CREATE INDEX call_participants_room_id_idx ON call_participants (room_id);

CREATE TABLE call_connections (
  id             uuid           NOT NULL CONSTRAINT call_connections_pkey PRIMARY KEY,
  appointment_id uuid           NOT NULL CONSTRAINT call_connections_appointment_id_fkey REFERENCES appointments (id),
  account_id     uuid           NOT NULL CONSTRAINT call_connections_account_id_fkey REFERENCES accounts (id),
  room_id        uuid           NOT NULL CONSTRAINT call_connections_room_id_fkey REFERENCES rooms (id),
  joined_at      timestamptz(3) NOT NULL
);
CREATE INDEX call_connections_appointment_id_account_id_idx ON call_connections (appointment_id, account_id);
