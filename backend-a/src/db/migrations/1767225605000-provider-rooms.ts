import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProviderRooms1767225605000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rooms ADD COLUMN IF NOT EXISTS sid text');
    await runner.query(`
      CREATE TABLE provider_connections (
        room_id uuid NOT NULL CONSTRAINT provider_connections_room_fkey REFERENCES rooms (id),
        account_id uuid NOT NULL,
        sid text NOT NULL,
        connected_at timestamptz(3),
        disconnected_at timestamptz(3),
        CONSTRAINT provider_connections_pkey PRIMARY KEY (room_id, account_id, sid)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE provider_connections');
    await runner.query('ALTER TABLE rooms DROP COLUMN sid');
  }
}
