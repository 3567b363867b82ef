import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.ts';
import { StartError } from './errors.ts';

/** Debian keeps it outside the PATH of ordinary users. */
const elsewhere = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];
const oldest = [2, 4] as const;
const wayOut =
  'install it (Debian, Ubuntu: apt-get install haproxy; macOS: brew install haproxy) or set HAPROXY_BIN to its path';

/** The HAProxy that is used and its version, such as `2.6.12`. */
export type HaproxyBinary = { path: string; version: string };

/**
 * Finds HAProxy at HAPROXY_BIN, else on PATH, else where systems keep it.
 * @throws StartError, one line with the way to get it, when it is not there, too old or none at all.
 */
export async function findHaproxy(environment: NodeJS.ProcessEnv = process.env): Promise<HaproxyBinary> {
  const given = environment['HAPROXY_BIN'];
  const file = given || onPath(environment);
  if (!file) throw new StartError(`HAProxy is not here: ${wayOut}`);
  const { code, output } = await runCommand([file, '-v']);
  const found = /HA-?Proxy version (\d+)\.(\d+)[.\w]*/i.exec(output);
  if (code !== 0 || !found) {
    const said = output.trim().split('\n')[0] || `exit code ${code}`;
    throw new StartError(`${given ? 'HAPROXY_BIN=' : ''}${file} is no HAProxy (${said}): ${wayOut}`);
  }
  const version = found[0].replace(/^\D+/, '');
  const [major, minor] = [Number(found[1]), Number(found[2])];
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    throw new StartError(`${file} is HAProxy ${version}, and ${oldest.join('.')} or newer is needed: ${wayOut}`);
  return { path: file, version };
}

function onPath({ PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const folders = [...PATH.split(path.delimiter).filter(Boolean), ...(PATH ? elsewhere : [])];
  return folders.map((folder) => path.join(folder, 'haproxy')).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
