import path from 'node:path';

/** The folder with package.json, backend-a/ and backend-b/. */
export const repositoryRoot: string = path.resolve(import.meta.dirname, '../../..');

/** Where the harness keeps what outlives a command: the database cluster, records of what it started. */
export const stateFolder: string = process.env['DUET_STATE'] ?? path.join(repositoryRoot, '.duet');
