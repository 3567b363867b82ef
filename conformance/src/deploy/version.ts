import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { BackendId } from '../stack/backends.ts';
import { startOf } from '../stack/living.ts';
import { repositoryRoot, stateFolder } from '../stack/paths.ts';

/** A later version of a backend: a copy of its folder with one more migration for each version in between. */
export type NextVersion = {
  /** Where it is started and migrated. */
  cwd: string;
  /** What its getMeta shows as contractVersion. */
  version: string;
  /** Its newest migration, in words. */
  migration: string;
};

/** Additive, as a migration must be under which the version before goes on serving; they are taken by turns. */
const migrations: ((number: number) => { sql: string; words: string })[] = [
  (number) => ({
    sql: `ALTER TABLE appointments ADD COLUMN deploy_${number} text`,
    words: 'a nullable column on appointments',
  }),
  (number) => ({
    sql: `ALTER TABLE messages ADD COLUMN deploy_${number} integer NOT NULL DEFAULT 0`,
    words: 'a column with a default on messages',
  }),
  (number) => ({
    sql: `ALTER TABLE sessions ADD COLUMN deploy_${number} timestamptz(3)`,
    words: 'a nullable column on sessions',
  }),
  (number) => ({ sql: `CREATE INDEX deploy_${number} ON messages (sender_id)`, words: 'an index on messages' }),
  (number) => ({ sql: `CREATE TABLE deploy_${number} (id uuid PRIMARY KEY)`, words: 'a new table' }),
];

export function migrationOf(number: number): { sql: string; words: string } {
  const make = migrations[(number - 1) % migrations.length] as (typeof migrations)[number];
  return make(number);
}

/** The folder in which this process makes versions. */
function workshop(): string {
  return path.join(stateFolder, 'deploy', `p${process.pid}`);
}

/** Removes what `makeVersion` made, here and in processes that were killed before they could. */
export function clearVersions(): void {
  const folder = path.dirname(workshop());
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const owner = Number(name.slice(1));
    if (owner === process.pid || startOf(owner) === null)
      rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Makes the version that comes so many (from 1 on) after the present one. Its version is that of the contract it keeps,
 * since getMeta shows no other: the third part is raised, in a copy of the contract beside it.
 */
export function makeVersion(id: BackendId, number: number): NextVersion {
  const folder = path.join(workshop(), `${id}${number}`);
  const cwd = path.join(folder, `backend-${id}`);
  mkdirSync(folder, { recursive: true });
  linkPackages();
  cpSync(path.join(repositoryRoot, `backend-${id}`), cwd, {
    recursive: true,
    filter: (file) => !['node_modules', 'test', 'dist'].includes(path.basename(file)),
  });
  const version = raiseContract(folder, number);
  raisePackage(path.join(cwd, 'package.json'), number);
  for (let one = 1; one <= number; one += 1) addMigration[id](cwd, one);
  return { cwd, version, migration: migrationOf(number).words };
}

/** Packages are found in the folders above: the repository's, whatever folder holds our state. */
function linkPackages(): void {
  const link = path.join(workshop(), 'node_modules');
  rmSync(link, { force: true });
  symlinkSync(path.join(repositoryRoot, 'node_modules'), link, 'dir');
}

/** The copy of the contract is linked to, not put, where packages are found: Node strips no types below node_modules. */
function raiseContract(folder: string, number: number): string {
  const contract = path.join(folder, 'contract');
  for (const part of ['package.json', 'generated'])
    cpSync(path.join(repositoryRoot, 'contract', part), path.join(contract, part), { recursive: true });
  mkdirSync(path.join(folder, 'node_modules/@duet'), { recursive: true });
  symlinkSync(contract, path.join(folder, 'node_modules/@duet/contract'), 'dir');
  const file = path.join(contract, 'generated/openapi.json');
  const document = JSON.parse(readFileSync(file, 'utf8'));
  document.info.version = raised(document.info.version, number);
  writeFileSync(file, JSON.stringify(document));
  return document.info.version;
}

function raisePackage(file: string, number: number): void {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...content, version: raised(content.version, number) }, null, 2));
}

/** 1.0.0 and 2 → 1.0.2 */
export function raised(version: string, number: number): string {
  const [major = '0', minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${Number.parseInt(patch) + number}`;
}

const addMigration: Record<BackendId, (cwd: string, number: number) => void> = { a: addTypeorm, b: addPrisma };

/** A class in a file of its own, put behind those that the list holds already. */
function addTypeorm(cwd: string, number: number): void {
  const folder = path.join(cwd, 'src/db/migrations');
  const stamp = newestStamp(folder, /^(\d{13})-.*\.ts$/) + 1000n;
  const [name, file] = [`Deploy${number}${stamp}`, `${stamp}-deploy-${number}.ts`];
  const words = [
    `export class ${name} {`,
    `  async up(runner) { await runner.query(${JSON.stringify(migrationOf(number).sql)}); }`,
    '  async down() {}',
    '}',
  ];
  writeFileSync(path.join(folder, file), `${words.join('\n')}\n`);
  const earlier = `before-${number}.ts`;
  renameSync(path.join(folder, 'index.ts'), path.join(folder, earlier));
  const list = [
    `import { migrations as earlier } from './${earlier}';`,
    `import { ${name} } from './${file}';`,
    `export const migrations = [...earlier, ${name}];`,
  ];
  writeFileSync(path.join(folder, 'index.ts'), `${list.join('\n')}\n`);
}

/** A folder with one file of SQL, whose name sorts behind those that are there. */
function addPrisma(cwd: string, number: number): void {
  const folder = path.join(cwd, 'prisma/migrations');
  const stamp = newestStamp(folder, /^(\d{14})_/) + 1n;
  const own = path.join(folder, `${stamp}_deploy_${number}`);
  mkdirSync(own);
  writeFileSync(path.join(own, 'migration.sql'), `${migrationOf(number).sql};\n`);
}

function newestStamp(folder: string, pattern: RegExp): bigint {
  const stamps = readdirSync(folder).flatMap((name) => pattern.exec(name)?.[1] ?? []);
  const newest = stamps.toSorted().at(-1);
  if (newest === undefined) throw new Error(`${folder} holds no migration named like ${pattern.source}`);
  return BigInt(newest);
}
