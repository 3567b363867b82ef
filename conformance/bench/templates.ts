import type { Postgres } from '../src/stack/postgres.ts';
import { temporaryName } from '../src/stack/scratch-database.ts';
import type { Template } from './slices/block.ts';
import type { ProductName } from './study/records.ts';
import { ownerOf, startSubject } from './subjects.ts';
import { makeWorlds } from './world.ts';

/** Makes a product's database with its worlds through the API of one process of it, which ends afterwards. */
export async function makeTemplate(
  product: ProductName,
  virtualUsers: number,
  postgres: Postgres,
  signal: AbortSignal,
): Promise<Template> {
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(product));
  const plan = { name: product, product, role: 'measured', series: null, node: process.version } as const;
  const subject = await startSubject(plan, postgres, database, signal);
  try {
    return { database, worlds: await makeWorlds(subject.target, virtualUsers) };
  } finally {
    await subject.stop();
  }
}
