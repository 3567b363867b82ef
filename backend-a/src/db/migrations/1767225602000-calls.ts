import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Calls1767225602000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rooms (
        id uuid NOT NULL CONSTRAINT rooms_pkey PRIMARY KEY,
        appointment_id uuid NOT NULL CONSTRAINT rooms_appointment_fkey REFERENCES appointments (id),
        name text NOT NULL CONSTRAINT rooms_name_key UNIQUE,
        opened_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        end_reason text
      )`);
    await runner.query('CREATE UNIQUE INDEX rooms_one_open ON rooms (appointment_id) WHERE ended_at IS NULL');
    await runner.query(`
      CREATE TABLE call_participants (
        appointment_id uuid NOT NULL CONSTRAINT call_participants_appointment_fkey REFERENCES appointments (id),
        account_id uuid NOT NULL CONSTRAINT call_participants_account_fkey REFERENCES accounts (id),
        room_id uuid NOT NULL CONSTRAINT call_participants_room_fkey REFERENCES rooms (id),
        connection_id uuid NOT NULL,
        joined_at timestamptz(3) NOT NULL,
        connected_at timestamptz(3),
        seen_at timestamptz(3),
        left_at timestamptz(3),
        CONSTRAINT call_participants_pkey PRIMARY KEY (appointment_id, account_id)
      )`);
    await runner.query(`
      CREATE TABLE call_connections (
        id uuid NOT NULL CONSTRAINT call_connections_pkey PRIMARY KEY,
        appointment_id uuid NOT NULL CONSTRAINT call_connections_appointment_fkey REFERENCES appointments (id),
        account_id uuid NOT NULL,
        room_id uuid NOT NULL,
        joined_at timestamptz(3) NOT NULL,
        has_left boolean NOT NULL
      )`);
    await runner.query('CREATE INDEX call_connections_appointment ON call_connections (appointment_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_connections, call_participants, rooms');
  }
}
