import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { sources, type Source } from './sources.ts';
import { fromCrd, fromSwagger, type Definition, type Json } from './tighten.ts';

/**
 * Makes the files beside it anew, one line a schema. Needs Go and its proxy, hence by hand, when a version in sources.ts
 * changes; what it makes is committed, so that checking needs neither.
 */
const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-schemas-'));
try {
  for (const source of sources) {
    const definitions = collect(source, download(source));
    const file = path.join(import.meta.dirname, `${source.name}.ndjson`);
    const head = { source: `${source.module}@${source.version}`, licence: source.licence };
    writeFileSync(file, [head, ...definitions].map((line) => `${JSON.stringify(line)}\n`).join(''));
    process.stdout.write(`${path.basename(file)}: ${definitions.length} schemas of ${head.source}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function collect(source: Source, root: string): Definition[] {
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  if ('crds' in source) return source.crds.flatMap((file) => fromCrd(parse(read(file)) as Json));
  return fromSwagger(JSON.parse(read(source.openapi)) as Json, source.kinds);
}

/** @returns the folder of the module in Go's own cache */
function download({ module, version }: Source): string {
  const command = ['mod', 'download', '-json', `${module}@${version}`];
  const output = execFileSync('go', command, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return (JSON.parse(output) as { Dir: string }).Dir;
}
