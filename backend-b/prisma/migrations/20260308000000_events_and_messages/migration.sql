-- What a signal carried: a JSON object with the one member data, null once the call is over.
CREATE TABLE signals (
  id             uuid           NOT NULL CONSTRAINT signals_pkey PRIMARY KEY,
  appointment_id uuid           NOT NULL CONSTRAINT signals_appointment_id_fkey REFERENCES appointments (id),
  sender_id      uuid           NOT NULL CONSTRAINT signals_sender_id_fkey REFERENCES accounts (id),
  client_id      uuid           NOT NULL,
  payload        text,
  stored_at      timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX signals_appointment_id_sender_id_client_id_key ON signals (appointment_id, sender_id, client_id);
CREATE INDEX signals_sender_id_stored_at_idx ON signals (sender_id, stored_at);

CREATE TABLE events (
  account_id uuid           NOT NULL CONSTRAINT events_account_id_fkey REFERENCES event_streams (account_id),
  id         bigint         NOT NULL,
  type       text           NOT NULL,
  -- The JSON text that is told; of a signal all but its payload.
  data       text           NOT NULL,
  signal_id  uuid           CONSTRAINT events_signal_id_fkey REFERENCES signals (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL,
  stored_at  timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT events_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX events_signal_id_idx ON events (signal_id) WHERE signal_id IS NOT NULL;

-- How many messages there are: the number of the newest, taken under the appointment's lock.
ALTER TABLE appointments ADD COLUMN message_count integer NOT NULL DEFAULT 0;

CREATE TABLE messages (
  id             uuid           NOT NULL CONSTRAINT messages_pkey PRIMARY KEY,
  appointment_id uuid           NOT NULL CONSTRAINT messages_appointment_id_fkey REFERENCES appointments (id),
  number         integer        NOT NULL,
  sender_id      uuid           NOT NULL CONSTRAINT messages_sender_id_fkey REFERENCES accounts (id),
  client_id      uuid           NOT NULL,
  body           text           NOT NULL,
  sent_at        timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX messages_appointment_id_number_key ON messages (appointment_id, number);
CREATE UNIQUE INDEX messages_appointment_id_sender_id_client_id_key ON messages (appointment_id, sender_id, client_id);

CREATE TABLE read_marks (
  appointment_id uuid    NOT NULL CONSTRAINT read_marks_appointment_id_fkey REFERENCES appointments (id),
  account_id     uuid    NOT NULL CONSTRAINT read_marks_account_id_fkey REFERENCES accounts (id),
  number         integer NOT NULL,
  CONSTRAINT read_marks_pkey PRIMARY KEY (appointment_id, account_id)
);
