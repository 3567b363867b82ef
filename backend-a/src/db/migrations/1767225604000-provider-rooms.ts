import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProviderRooms1767225604000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rooms ADD COLUMN sid text');
    await runner.query('ALTER TABLE call_participants ADD COLUMN sid text, ADD COLUMN told_left_at timestamptz(3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_participants DROP COLUMN told_left_at, DROP COLUMN sid');
    await runner.query('ALTER TABLE rooms DROP COLUMN sid');
  }
}
