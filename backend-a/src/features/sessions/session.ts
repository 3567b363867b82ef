import type { Db } from '../../db/db.ts';
import type { Caller } from '../../http/authenticate.ts';

/** One login. */
export interface Session {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** The caller of the session with this SHA-256 of its token, unless it has expired or is revoked. */
export type FindCaller = (db: Db, tokenHash: Buffer, now: Date) => Promise<Caller | undefined>;
