import { Client } from 'pg';
import type { Postgres } from '../src/stack/postgres.ts';
import { temporaryName } from '../src/stack/scratch-database.ts';
import type { Template } from './slices/block.ts';
import type { Generator } from './slices/generator.ts';
import type { ProductName } from './study/records.ts';
import { ownerOf, startSubject } from './subjects.ts';
import { makeWorlds } from './world.ts';

export type TemplateOptions = {
  product: ProductName;
  virtualUsers: number;
  postgres: Postgres;
  generator: Generator;
  signal: AbortSignal;
};

/** Long enough for some thousand bookings: of a nearly empty table PostgreSQL plans to read all, and keeps the plan. */
const FILL_MS = 3_000;
const DAYS_FOR_FILLING = 30;

/** Makes a product's database with its worlds through the API of one process of it, which ends afterwards. */
export async function makeTemplate({
  product,
  virtualUsers,
  postgres,
  generator,
  signal,
}: TemplateOptions): Promise<Template> {
  const database = temporaryName('bench');
  await postgres.createDatabase(database, ownerOf(product));
  const plan = { name: product, product, role: 'measured', series: null, node: process.version } as const;
  const subject = await startSubject(plan, { postgres, database, signal });
  try {
    const worlds = await makeWorlds(subject.target, virtualUsers);
    await fill(subject.process.url, worlds, generator);
    const later = DAYS_FOR_FILLING * 86_400_000;
    return { database, worlds: worlds.map((world) => ({ ...world, freeFrom: world.freeFrom + later })) };
  } finally {
    await subject.stop();
    await analyse(postgres.url(database));
  }
}

async function fill(url: string, worlds: Template['worlds'], generator: Generator): Promise<void> {
  const world = `filling ${url}`;
  generator.worlds.set(world, worlds);
  const servers = [{ url, world }];
  await generator.fulfil({ kind: 'load', scenario: 'booking', servers, bursts: [0], burstMs: FILL_MS });
}

/** What PostgreSQL plans by; copies of the database have it too. */
async function analyse(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}
