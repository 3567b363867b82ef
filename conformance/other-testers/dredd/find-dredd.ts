import { type Found, findOrInstall } from '../install.ts';

/** The last one: Dredd is archived since 2024. */
export const DREDD_VERSION = '14.1.0';
/** What Dredd depends on is that of this day, so that it is the same tool each time. */
const AS_OF = '2026-11-01';

export function findDredd(log: (line: string) => void): Promise<Found> {
  return findOrInstall({
    name: 'dredd',
    version: DREDD_VERSION,
    program: 'node_modules/dredd/bin/dredd',
    commands: (folder) => [
      ['npm', 'install', '--prefix', folder, '--before', AS_OF, '--no-audit', '--no-fund', `dredd@${DREDD_VERSION}`],
    ],
    needs: 'npm and its registry',
    log,
  });
}
