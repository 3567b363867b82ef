#!/usr/bin/env node
// `duet` as a package of npm: Node strips no types below node_modules, so this does, and then runs what the image runs.
import { readFileSync } from 'node:fs';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 11)) {
  console.error(
    `duet: Node.js ${process.versions.node} is too old, 24.11 or newer is needed: npx -p node@24 -p <this package> duet`,
  );
  process.exit(2);
}
const emitWarning = process.emitWarning.bind(process);
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('stripTypeScriptTypes is an experimental')) emitWarning(warning, ...rest);
};
module.registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || !url.includes('/node_modules/'))
      return nextLoad(url, context);
    const source = module.stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
    return { format: 'module', source, shortCircuit: true };
  },
});
process.env.DUET_STATE ??= path.join(os.tmpdir(), 'duet');
await import('./duet.image.mjs');
