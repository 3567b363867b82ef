import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '../stack/errors.ts';
import { repositoryRoot } from '../stack/paths.ts';
import { lastWords, startProcess } from '../stack/process.ts';
import { StaticFiles } from './static-files.ts';

const folder = path.join(repositoryRoot, 'web');
const built = path.join(folder, 'dist');
const mark = path.join(built, '.sources');
/** What the build reads. */
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/package.json',
  'contract/generated',
  'package-lock.json',
];

/** Builds the client when its sources have changed since the last time, or when it is not there. Where it lies then. */
export async function buildClient(signal: AbortSignal, log: (line: string) => void): Promise<string> {
  if (!existsSync(path.join(folder, 'package.json')))
    throw new StartError('web/ is not here: there is no client to serve');
  const state = stateOfSources();
  if (StaticFiles.isBuilt(built) && existsSync(mark) && readFileSync(mark, 'utf8') === state) return built;
  const started = performance.now();
  log('building the client …');
  await runBuild(signal);
  writeFileSync(mark, state);
  log(`built the client in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return built;
}

async function runBuild(signal: AbortSignal): Promise<void> {
  const vite = path.join(
    path.dirname(createRequire(path.join(folder, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const build = await startProcess({
    name: 'the build of the client',
    command: [process.execPath, vite, 'build', '--logLevel', 'error'],
    cwd: folder,
    env: { NODE_ENV: 'production' },
    keepLines: 50,
  });
  const onAbort = (): void => void build.stop(0);
  signal.addEventListener('abort', onAbort, { once: true });
  const exit = await build.exited;
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (exit.code !== 0)
    throw new StartError(`${build.name} failed: ${lastWords(build, exit, 3)}; see npm run build -w web`);
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  const settings = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  for (const source of [...sources, ...settings.map((name) => `web/${name}`)]) {
    for (const file of filesBelow(path.join(repositoryRoot, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(repositoryRoot, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesBelow(place: string): string[] {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}
