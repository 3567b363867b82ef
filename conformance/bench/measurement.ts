import path from 'node:path';
import { Client } from 'pg';
import { stateFolder } from '../src/stack/paths.ts';
import { startPostgres, type Postgres } from '../src/stack/postgres.ts';
import type { K6 } from './k6/find-k6.ts';
import { measureLoads } from './loads/measure-loads.ts';
import { prepareCounting } from './probes/statements.ts';
import { runBlock, type Template } from './slices/block.ts';
import { startGenerator } from './slices/generator.ts';
import type { Design } from './designs.ts';
import type { Steps } from './steps.ts';
import type { ProductName, StudyRecord } from './study/records.ts';
import type { SubjectPlan } from './subjects.ts';
import { makeTemplate } from './templates.ts';

export type MeasurementOptions = {
  plans: SubjectPlan[];
  design: Design;
  steps: Steps;
  k6: K6;
  signal: AbortSignal;
  keep(record: StudyRecord): void;
  onProgress(words: string): void;
  onComplaint(words: string): void;
};

/** Measures the subjects side by side in as many blocks as the design says, with a database server and a generator of their own. */
export async function measureAll(options: MeasurementOptions): Promise<void> {
  const postgres = await startPostgres({ dataFolder: path.join(stateFolder, 'bench-postgres') });
  try {
    await prepareCounting(postgres);
    const administrator = new Client({ connectionString: postgres.adminUrl });
    await administrator.connect();
    try {
      await stopVacuuming(administrator);
      await measureOn(postgres, administrator, options);
    } finally {
      await administrator.end();
    }
  } finally {
    await postgres.stop();
  }
}

/** It would meet one subject's bursts and not another's; a block is short enough to do without. */
async function stopVacuuming(administrator: Client): Promise<void> {
  await administrator.query('ALTER SYSTEM SET autovacuum = off');
  await administrator.query('SELECT pg_reload_conf()');
}

async function measureOn(postgres: Postgres, administrator: Client, options: MeasurementOptions): Promise<void> {
  const { plans, design, steps, k6, signal, onProgress } = options;
  const templates = new Map<ProductName, Template>();
  const generator = await startGenerator(k6, design.connections);
  try {
    for (const product of new Set(plans.map((plan) => plan.product))) {
      onProgress(`making people and appointments through the API of ${product}`);
      const made = { product, virtualUsers: design.connections, postgres, generator, signal };
      templates.set(product, await makeTemplate(made));
    }
    for (let block = 1; block <= design.blocks; block += 1) {
      await steps.take(`block ${block}`, (random) =>
        runBlock({ ...options, ...design, block, templates, postgres, administrator, generator, random }),
      );
    }
    const { loads } = design;
    if (loads) await measureLoads({ ...options, loads, templates, postgres, administrator });
  } finally {
    await generator.stop();
    for (const { database } of templates.values()) await postgres.dropDatabase(database);
  }
}
