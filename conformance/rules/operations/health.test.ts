import { expect } from 'vitest';
import type { Actor } from '../../src/actors.ts';
import { launcherOf, sharedDatabase, sharedProxy, sharedServer } from '../../src/launched.ts';
import { rule, within } from '../../src/rule.ts';
import { runMigrate } from '../../src/stack/launcher.ts';
import { findMigrations } from '../../src/stack/migration-table.ts';

/** Lives, and is ready or not; told with what was done before, and the test goes on. */
async function expectHealth(nobody: Actor, after: string, readiness: 200 | 503): Promise<void> {
  const ready = await nobody.send('getReadiness');
  const seen = `${ready.status} ${ready.problem?.code ?? ready.text}`;
  expect.soft(seen, `/readyz ${after}`).toBe(readiness === 200 ? '200 {"status":"ok"}' : '503 service-unavailable');
  expect.soft((await nobody.send('getLiveness')).body, `/healthz ${after}`).toEqual({ status: 'ok' });
}

async function becomesReady(nobody: Actor, after: string): Promise<void> {
  await within(5, `/readyz 200 ${after}`, async () => (await nobody.send('getReadiness')).status === 200 || undefined);
}

rule('operations/health', ({ test }) => {
  const database = sharedDatabase({ migrate: false });
  const proxy = sharedProxy(database);
  const launched = sharedServer(() => ({ databaseUrl: proxy().url, readyPath: '/healthz' }));

  test('answers ok on every replica, to anybody', async ({ target }) => {
    for (const [replica] of target.replicas.entries()) {
      for (const operationId of ['getLiveness', 'getReadiness'] as const) {
        const answer = await target.nobody.send(operationId, { replica });
        expect(answer.status).toBe(200);
        expect(answer.body).toEqual({ status: 'ok' });
      }
    }
  });

  test('is not ready before its migrations are in', { needs: ['launcher'] }, async ({ target }) => {
    const { nobody } = launched().there;
    await expectHealth(nobody, 'on an empty database', 503);
    const made = await database().query("select relname from pg_class where relnamespace = 'public'::regnamespace");
    expect.soft(made, 'the server itself never migrates').toEqual([]);
    await runMigrate(launcherOf(target), { databaseUrl: database().url });
    const migrations = await findMigrations(database());
    const last = await migrations?.takeLast();
    if (last) await expectHealth(nobody, 'without the last migration', 503);
    if (last) await migrations?.add(last);
    await becomesReady(nobody, 'once the migrations are in');
  });

  test('does not mind newer migrations than its own', { needs: ['launcher'] }, async ({ notTested }) => {
    const { nobody } = launched().there;
    await becomesReady(nobody, 'with its migrations in');
    const migrations = await findMigrations(database());
    if (!migrations) return notTested('finds no table of migrations with a row each and their names in it');
    const last = await migrations.takeLast();
    await migrations.add(last);
    await migrations.addNewerThan(last);
    await expectHealth(nobody, 'with a newer migration', 200);
  });

  test('lives but is not ready while its database is away', { needs: ['launcher'] }, async () => {
    const { nobody } = launched().there;
    await becomesReady(nobody, 'with its migrations in');
    await proxy().cut();
    await expectHealth(nobody, 'while the database is away', 503);
    await proxy().restore();
    await becomesReady(nobody, 'once the database is back');
  });
});
