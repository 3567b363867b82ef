import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withAndroidPermissions, withIosReasons } from './permissions.ts';

const web = path.join(import.meta.dirname, '..');
const projects = path.join(import.meta.dirname, 'dist');

// Made anew each time: nothing in them is written by hand.
rmSync(projects, { recursive: true, force: true });
for (const platform of ['android', 'ios']) run('cap', 'add', platform);
change('android/app/src/main/AndroidManifest.xml', withAndroidPermissions);
change('ios/App/App/Info.plist', withIosReasons);

function run(command: string, ...words: string[]): void {
  const { status } = spawnSync('npx', [command, ...words], { cwd: web, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function change(name: string, edit: (text: string) => string): void {
  const file = path.join(projects, name);
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
}
