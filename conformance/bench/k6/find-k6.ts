import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../src/stack/command.ts';
import { withLock } from '../../src/stack/lock.ts';

/** Of the generation that runs TypeScript; an older k6 fails on the scenarios' first line. */
export const K6_VERSION = 'v2.2.0';
const OLDEST_MAJOR = 2;
const MODULE = 'go.k6.io/k6/v2';
/** Not `go install`: that also asks the module's own site for notes on newer versions, which not every network reaches. */
const GO_MODULE = `module duet/k6\n\ngo 1.25\n\nrequire ${MODULE} ${K6_VERSION}\n`;
const WAYS = `install k6 ${K6_VERSION} or newer (https://grafana.com/docs/k6), set K6_BIN to its path, or install Go 1.25 or newer, by which it is built once`;

export type K6 = {
  /** Where the program is. */
  path: string;
  /** As it names itself, such as v2.2.0. */
  version: string;
};

/** Why there is no k6, on one line with the way out: what needs it is reported as not measured. */
export type NoK6 = { missing: string };

export type Surroundings = {
  /** Of PATH and K6_BIN. */
  environment: NodeJS.ProcessEnv;
  /** Where a built k6 is kept for the next time. */
  cache: string;
  log(line: string): void;
};

/**
 * Finds k6: at `K6_BIN`, on PATH, in the cache; else builds it into the cache where Go is.
 * A `K6_BIN` that is none is told and nothing else is tried: whoever set it wants that one.
 */
export async function findK6({ environment, cache, log }: Surroundings): Promise<K6 | NoK6> {
  const chosen = environment['K6_BIN'];
  if (chosen) {
    const version = await versionOf(chosen);
    if (typeof version !== 'string') return { missing: `K6_BIN=${chosen}: ${version.missing}` };
    return { path: chosen, version };
  }
  const built = path.join(cache, K6_VERSION, 'k6');
  for (const candidate of [programOnPath('k6', environment), built]) {
    const version = candidate && isProgram(candidate) ? await versionOf(candidate) : undefined;
    if (candidate && typeof version === 'string') return { path: candidate, version };
  }
  return build(built, { environment, cache, log });
}

async function build(built: string, { environment, cache, log }: Surroundings): Promise<K6 | NoK6> {
  const go = programOnPath('go', environment);
  if (!go) return { missing: `k6 is not here and neither is Go: ${WAYS}` };
  mkdirSync(cache, { recursive: true });
  return withLock(path.join(cache, 'building'), async () => {
    log(`building k6 ${K6_VERSION} by Go, once for this machine: a few minutes`);
    const folder = mkdtempSync(path.join(cache, 'build-'));
    try {
      writeFileSync(path.join(folder, 'go.mod'), GO_MODULE);
      const command = [go, 'build', '-mod=mod', '-o', 'k6', MODULE];
      const result = await runCommand(command, { cwd: folder, env: environment });
      if (result.code !== 0) return { missing: `Go cannot build k6: ${lastLine(result.output)}; ${WAYS}` };
      mkdirSync(path.dirname(built), { recursive: true });
      renameSync(path.join(folder, 'k6'), built);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const version = await versionOf(built);
    return typeof version === 'string' ? { path: built, version } : version;
  });
}

/** @returns its version, or why it will not do */
async function versionOf(program: string): Promise<string | NoK6> {
  const { code, output } = await runCommand([program, 'version']);
  const [, version, major] = /\bk6 (v(\d+)\.\d+\.\d+\S*)/.exec(output) ?? [];
  if (code !== 0 || version === undefined) return { missing: `it is no k6 (${lastLine(output) || `exit ${code}`})` };
  if (Number(major) >= OLDEST_MAJOR) return version;
  return { missing: `it is k6 ${version}, too old to run TypeScript: ${WAYS}` };
}

function programOnPath(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const candidates = PATH.split(path.delimiter).map((folder) => path.join(folder, name));
  return candidates.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
