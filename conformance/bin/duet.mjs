#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 11)) {
  console.error(
    `duet: Node.js ${process.versions.node} is too old, 24.11 or newer is needed: run it as \`npx duet\` where \`npm ci\` was run, or install a newer one`,
  );
  process.exit(2);
}
const { directory } = module.enableCompileCache();
// The workers of the suite find there what is compiled.
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;
// The suite runs in several threads, each with a heap of its own: this saves a quarter of the memory of them all.
setFlagsFromString('--max-semi-space-size=4');
const { main } = await import('../src/cli/main.ts');
await main(process.argv.slice(2));
