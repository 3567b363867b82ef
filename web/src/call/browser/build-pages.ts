import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Bundles the test page as the client itself is bundled; gives the folder to serve. */
export async function buildPages(): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'duet-call-pages-'));
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: { input: path.join(import.meta.dirname, 'page.html') },
    },
  });
  return outDir;
}
