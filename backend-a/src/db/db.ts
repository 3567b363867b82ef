import type { EntityManager } from 'typeorm';
import type { HotPaths } from './hot-paths.ts';

/** What services and repositories work on: the ORM's manager, in or out of a transaction, and the chosen hot paths. */
export interface Db {
  readonly orm: EntityManager;
  readonly paths: HotPaths;
}
