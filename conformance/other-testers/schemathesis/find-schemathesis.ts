import path from 'node:path';
import { type Found, findOrInstall } from '../install.ts';

/** The newest on PyPI when the results were measured; requirements.txt pins what comes with it. */
export const SCHEMATHESIS_VERSION = '4.32.5';

export function findSchemathesis(log: (line: string) => void): Promise<Found> {
  const requirements = path.join(import.meta.dirname, 'requirements.txt');
  return findOrInstall({
    name: 'schemathesis',
    version: SCHEMATHESIS_VERSION,
    program: 'bin/schemathesis',
    commands: (folder) => [
      ['python3', '-m', 'venv', folder],
      [path.join(folder, 'bin/pip'), 'install', '--quiet', '--requirement', requirements],
    ],
    needs: 'Python 3.10 or newer with its module venv, and PyPI',
    log,
  });
}
