import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Appointments1767225601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await runner.query(`
      CREATE TABLE appointments (
        id uuid NOT NULL CONSTRAINT appointments_pkey PRIMARY KEY,
        doctor_id uuid NOT NULL CONSTRAINT appointments_doctor_fkey REFERENCES accounts (id),
        user_id uuid NOT NULL CONSTRAINT appointments_user_fkey REFERENCES accounts (id),
        starts_at timestamptz(3) NOT NULL,
        ends_at timestamptz(3) NOT NULL,
        duration_minutes smallint NOT NULL,
        reason text,
        created_at timestamptz(3) NOT NULL,
        cancelled_at timestamptz(3),
        cancelled_by uuid,
        cancel_reason text,
        call_started_at timestamptz(3),
        call_ended_at timestamptz(3),
        call_epoch integer NOT NULL DEFAULT 0,
        CONSTRAINT appointments_span_check CHECK (starts_at < ends_at),
        CONSTRAINT appointments_one_end_check CHECK (cancelled_at IS NULL OR call_started_at IS NULL),
        CONSTRAINT appointments_doctor_no_overlap
          EXCLUDE USING gist (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL),
        CONSTRAINT appointments_user_no_overlap
          EXCLUDE USING gist (user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (cancelled_at IS NULL)
      )`);
    await runner.query('CREATE INDEX appointments_of_doctor ON appointments (doctor_id, starts_at, id)');
    await runner.query('CREATE INDEX appointments_of_user ON appointments (user_id, starts_at, id)');
    await runner.query(`
      CREATE TABLE idempotency_keys (
        account_id uuid NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        appointment_id uuid,
        etag text,
        answer text,
        recorded_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_recorded ON idempotency_keys (recorded_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys, appointments');
  }
}
