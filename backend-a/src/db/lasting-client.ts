import { Client, type ClientConfig } from 'pg';

/**
 * A connection whose end is no end of the process. The pool listens for errors of idle connections only, and one that is in
 * use may break between two queries; the next query of its owner fails then, which is enough.
 *
 * @rule operations/database-away
 */
export class LastingClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
