-- When a participant last left on purpose: what the video provider tells of an earlier instant comes too late.
ALTER TABLE call_participants ADD COLUMN departed_at timestamptz(3);

-- What the video provider told of each connection to a room, in whatever order it arrived.
CREATE TABLE provider_connections (
  room_id         uuid           NOT NULL CONSTRAINT provider_connections_room_id_fkey REFERENCES rooms (id),
  account_id      uuid           NOT NULL CONSTRAINT provider_connections_account_id_fkey REFERENCES accounts (id),
  provider_id     text           NOT NULL,
  connected_at    timestamptz(3),
  disconnected_at timestamptz(3),
  CONSTRAINT provider_connections_pkey PRIMARY KEY (room_id, account_id, provider_id)
);
