import { expect } from 'vitest';
import { withOwnDatabase, withServers } from '../../src/launched.ts';
import { rule } from '../../src/rule.ts';

/** What of a failure's inside must not come out: stack lines, SQL, file paths, names of tables and libraries. */
const INSIDE =
  /\bat .+:\d+|node_modules|\.[jt]s\b|\/(?:home|root|usr|app|src|dist)\b|select|insert|relation|column|syntax|postgres|prisma|typeorm|query/i;

rule('http/internal-error', ({ test }) => {
  test('answers 500 and tells nothing of what failed', async ({ target }) => {
    await withOwnDatabase(target, (database) =>
      withServers(
        target,
        [{}],
        async ({ there }) => {
          const [user] = await there.people('user');
          const tables = await database.query(
            "select tablename from pg_tables where schemaname = 'public' and tablename not like '%migration%'",
          );
          expect(tables.length).toBeGreaterThan(0);
          for (const { tablename } of tables)
            await database.query(`alter table "${String(tablename)}" rename to "gone_${String(tablename)}"`);
          const answers = [
            await user.send('getMe'),
            await user.send('listAppointments'),
            await there.nobody.send('login', { body: { email: user.email, password: user.password } }),
          ];
          for (const answer of answers) {
            expect(answer).toBeProblem(500, 'internal-error');
            expect(answer.problem.detail).not.toMatch(INSIDE);
            expect(Object.keys(answer.problem).sort()).toEqual([
              'code',
              'detail',
              'requestId',
              'status',
              'title',
              'type',
            ]);
          }
          for (const { tablename } of tables)
            await database.query(`alter table "gone_${String(tablename)}" rename to "${String(tablename)}"`);
          expect((await user.send('getMe')).status).toBe(200);
        },
        database.url,
      ),
    );
  });
});
