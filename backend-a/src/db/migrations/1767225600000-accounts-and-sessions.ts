import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountsAndSessions1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        id uuid NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
        email text NOT NULL,
        email_folded text NOT NULL CONSTRAINT accounts_email_folded_key UNIQUE,
        password_hash text NOT NULL,
        role text NOT NULL CONSTRAINT accounts_role_check CHECK (role IN ('doctor', 'user')),
        display_name text COLLATE "C" NOT NULL,
        display_name_folded text NOT NULL,
        specialty text,
        specialty_folded text,
        time_zone text NOT NULL,
        created_at timestamptz(3) NOT NULL
      )`);
    await runner.query(`CREATE INDEX accounts_directory ON accounts (display_name, id) WHERE role = 'doctor'`);
    await runner.query(`
      CREATE TABLE event_streams (
        account_id uuid NOT NULL CONSTRAINT event_streams_pkey PRIMARY KEY
          CONSTRAINT event_streams_account_fkey REFERENCES accounts (id),
        last_id bigint NOT NULL DEFAULT 0
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        id uuid NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT sessions_account_fkey REFERENCES accounts (id),
        token_hash bytea NOT NULL CONSTRAINT sessions_token_hash_key UNIQUE,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3)
      )`);
    await runner.query('CREATE INDEX sessions_account ON sessions (account_id)');
    await runner.query(`
      CREATE TABLE login_attempts (
        id uuid NOT NULL CONSTRAINT login_attempts_pkey PRIMARY KEY,
        email_hash bytea NOT NULL,
        at timestamptz(3) NOT NULL,
        has_failed boolean NOT NULL,
        recorded_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX login_attempts_email ON login_attempts (email_hash, at)');
    await runner.query('CREATE INDEX login_attempts_recorded ON login_attempts (recorded_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE login_attempts, sessions, event_streams, accounts');
  }
}
