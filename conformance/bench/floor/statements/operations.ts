import type { Statement } from '../database.ts';

export const isMigrated: Statement = {
  name: 'is_migrated',
  text: 'SELECT version FROM floor_migrations WHERE version = 1',
};
