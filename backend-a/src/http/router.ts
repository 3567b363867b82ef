import { Router } from 'express';
import type { Config } from '../config.ts';
import type { Db } from '../db/db.ts';
import type { Cursors } from './cursor.ts';
import type { RoomProvider } from '../video/room-provider.ts';
import type { Operations } from './operation.ts';

/** What the routes of every feature are given. */
export interface RouteMeans {
  readonly operations: Operations;
  /** What service functions take. @throws NotConnectedError before the database was first reached */
  readonly db: () => Db;
  readonly config: Config;
  readonly cursors: Cursors;
  readonly provider: RoomProvider;
}

/** A trailing slash or another letter case is another path (http/unknown-path). */
export function newRouter(): Router {
  return Router({ strict: true, caseSensitive: true });
}
