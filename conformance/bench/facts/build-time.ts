import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ProductName } from '../study/records.ts';
import { timeCommand } from './timed-command.ts';

/** Builds a backend into a folder that is removed again. @returns the milliseconds of `npm run build` */
export async function timeBuild(product: ProductName, signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'duet-build-'));
  try {
    return await timeCommand(['npm', 'run', 'build', '-w', product, '--', '--outDir', folder], signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
