import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The first major version that has components; kubectl's own may be older. */
const MAJOR = 5;
const VERSION = 'v5.8.1';
const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5';
/** Not `go install`: a module's program is also named by its own site, which not every network reaches. */
const GO_MODULE = `module duet/kustomize\n\ngo 1.24\n\nrequire ${MODULE} ${VERSION}\n`;
const WAYS = `install kustomize ${MAJOR} (https://kubectl.docs.kubernetes.io/installation/kustomize), set KUSTOMIZE_BIN to its path, or install Go 1.24 or newer, by which it is built once`;

/** Why nothing can be built here, on one line with the way out. */
export class NoKustomize extends Error {}

export type Kustomize = { path: string; version: string };

/**
 * Finds kustomize 5: at `KUSTOMIZE_BIN`, on PATH, in the user's cache; else builds it into the cache where Go is.
 * @throws NoKustomize
 */
export async function findKustomize(environment: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Kustomize> {
  const chosen = environment['KUSTOMIZE_BIN'];
  if (chosen) {
    const version = await versionOf(chosen);
    if (version === undefined) throw new NoKustomize(`KUSTOMIZE_BIN=${chosen} is no kustomize ${MAJOR}: ${WAYS}`);
    return { path: chosen, version };
  }
  const cache = path.join(environment['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'duet', 'kustomize');
  const built = path.join(cache, VERSION, 'kustomize');
  for (const candidate of [programOnPath('kustomize', environment), built]) {
    const version = candidate === undefined ? undefined : await versionOf(candidate);
    if (candidate !== undefined && version !== undefined) return { path: candidate, version };
  }
  // Where Go's own guide puts it, whether PATH names it or not.
  const go = programOnPath('go', environment) ?? '/usr/local/go/bin/go';
  if (!isProgram(go)) throw new NoKustomize(`kustomize ${MAJOR} is not here and neither is Go: ${WAYS}`);
  log(`building kustomize ${VERSION} by Go, once for this machine: about a minute`);
  return build(go, built, cache);
}

/** @returns what an overlay builds, as YAML. @throws an Error with kustomize's own words */
export async function buildOverlay(kustomize: Kustomize, folder: string): Promise<string> {
  const { code, output, error } = await run(kustomize.path, ['build', folder]);
  if (code !== 0)
    throw new Error(`${folder} cannot be built: ${error.trim().replace(/^Error: /, '') || `exit code ${code}`}`);
  return output;
}

async function build(go: string, built: string, cache: string): Promise<Kustomize> {
  mkdirSync(path.dirname(built), { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'build-'));
  try {
    writeFileSync(path.join(folder, 'go.mod'), GO_MODULE);
    const { code, error } = await run(go, ['build', '-mod=mod', '-o', 'kustomize', MODULE], folder);
    if (code !== 0) throw new NoKustomize(`Go cannot build kustomize: ${error.trim().split('\n').at(-1)}; ${WAYS}`);
    // Two that build at once do no harm: the last one's file takes the place of the other's.
    renameSync(path.join(folder, 'kustomize'), built);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { path: built, version: VERSION };
}

/** @returns undefined when it is none, or an older one */
async function versionOf(program: string): Promise<string | undefined> {
  const { code, output } = await run(program, ['version']);
  const [version, major] = /v(\d+)\.\d+\.\d+/.exec(output) ?? [];
  // One built from its module cannot say its version.
  if (code === 0 && output.trim() === '(devel)') return VERSION;
  return code === 0 && Number(major) >= MAJOR ? version : undefined;
}

type Result = { code: number; output: string; error: string };

function run(program: string, parameters: string[], cwd = '.'): Promise<Result> {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(program, parameters, options, (failure, output, error) => {
      const code = failure === null ? 0 : typeof failure.code === 'number' ? failure.code : 1;
      resolve({ code, output, error: error || (failure?.message ?? '') });
    });
  });
}

function programOnPath(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  return PATH.split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
