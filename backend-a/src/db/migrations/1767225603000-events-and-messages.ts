import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EventsAndMessages1767225603000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE events (
        account_id uuid NOT NULL,
        id bigint NOT NULL,
        type text NOT NULL,
        data text NOT NULL,
        signal_id uuid,
        told_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT events_pkey PRIMARY KEY (account_id, id)
      )`);
    await runner.query('CREATE INDEX events_recorded ON events (recorded_at)');
    await runner.query(`
      CREATE TABLE signals (
        id uuid NOT NULL CONSTRAINT signals_pkey PRIMARY KEY,
        appointment_id uuid NOT NULL CONSTRAINT signals_appointment_fkey REFERENCES appointments (id),
        sender_id uuid NOT NULL,
        client_id uuid NOT NULL,
        data text,
        recorded_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT signals_client_id_key UNIQUE (appointment_id, sender_id, client_id)
      )`);
    await runner.query('CREATE INDEX signals_recorded ON signals (recorded_at)');
    await runner.query('ALTER TABLE appointments ADD COLUMN message_count integer NOT NULL DEFAULT 0');
    await runner.query(`
      CREATE TABLE messages (
        appointment_id uuid NOT NULL CONSTRAINT messages_appointment_fkey REFERENCES appointments (id),
        place integer NOT NULL,
        id uuid NOT NULL CONSTRAINT messages_id_key UNIQUE,
        sender_id uuid NOT NULL,
        client_id uuid NOT NULL,
        body text NOT NULL,
        sent_at timestamptz(3) NOT NULL,
        CONSTRAINT messages_pkey PRIMARY KEY (appointment_id, place),
        CONSTRAINT messages_client_id_key UNIQUE (appointment_id, sender_id, client_id)
      )`);
    await runner.query(`
      CREATE TABLE read_marks (
        appointment_id uuid NOT NULL CONSTRAINT read_marks_appointment_fkey REFERENCES appointments (id),
        account_id uuid NOT NULL,
        place integer NOT NULL,
        CONSTRAINT read_marks_pkey PRIMARY KEY (appointment_id, account_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE read_marks, messages, signals, events');
    await runner.query('ALTER TABLE appointments DROP COLUMN message_count');
  }
}
