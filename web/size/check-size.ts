import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { closureOf, type Manifest } from './closure.ts';

const budgetBytes = 200_000;
const folder = path.join(import.meta.dirname, '../dist');

/** What a browser loads for the pages that people open first: the entry with what it always brings, and the page itself. */
const firstLoads: Record<string, string[]> = {
  'log in': ['index.html', 'src/features/sessions/LoginPage.vue'],
  appointments: [
    'index.html',
    'src/features/appointments/pages/AppointmentsPage.vue',
    'src/features/calls/CallNotices.vue',
  ],
  'log in, German': ['index.html', 'src/features/sessions/LoginPage.vue', 'src/i18n/german.ts'],
};

const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
const sizes = new Map<string, number>();
let isOver = false;
for (const [name, roots] of Object.entries(firstLoads)) {
  const files = closureOf(manifest, roots);
  const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
  isOver ||= total > budgetBytes;
  print(
    `${name}: ${kilobytes(total)} of compressed JavaScript in ${files.length} files, budget ${kilobytes(budgetBytes)}`,
  );
  if (total <= budgetBytes) continue;
  const largest = files.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  for (const file of largest) print(`  ${kilobytes(sizeOf(file)).padStart(9)}  ${file}`);
}
process.exitCode = isOver ? 1 : 0;

function sizeOf(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).length;
  sizes.set(file, known);
  return known;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
