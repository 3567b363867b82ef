import { Command } from 'commander';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { crash, type CrashOutcome } from '../crash/crash.ts';
import { type BackendId, existingBackends, startBackend } from '../stack/backends.ts';
import { stateFolder } from '../stack/paths.ts';
import { type Postgres, startPostgres } from '../stack/postgres.ts';
import { endLeftovers } from '../stack/process-records.ts';
import { probeTarget } from '../target.ts';
import type { Surroundings } from './main.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet crash                                20,000 writes and 30 kills on each backend
  duet crash --only a --writes 500 --kills 6   a short one

Clients write (messages, bookings, cancellations) while replicas get SIGKILL and PostgreSQL is stopped as by a crash,
again and again. Afterwards every acknowledged write is there, was told exactly once and in order on a stream resumed by
Last-Event-ID, and no appointments overlap.

Exit codes: 0 nothing was lost or doubled, 1 something was.
`;

type CrashChoice = { only?: BackendId; writes: number; kills: number; pairs: number; seed?: number };

/** `duet crash`: kills replicas and database under load and counts what was lost. */
export function crashCommand({ signal, finish }: Surroundings): Command {
  return new Command('crash')
    .description('kill replicas and the database under load, and count what was lost or doubled')
    .option('--only <backend>', 'one of the backends', oneOf(['a', 'b']))
    .option('--writes <count>', 'acknowledged writes a backend, at least', wholeNumber(1, 10_000_000), 20_000)
    .option('--kills <count>', 'kills a backend, at least', wholeNumber(1, 100_000), 30)
    .option('--pairs <count>', 'doctors and users who write at once', wholeNumber(1, 100), 8)
    .option('--seed <number>', 'repeats the choices of an earlier run', wholeNumber(0, 2 ** 31 - 1))
    .addHelpText('after', examples)
    .action(async (choice: CrashChoice) => finish(await crashAll(choice, signal)));
}

async function crashAll(choice: CrashChoice, signal: AbortSignal): Promise<number> {
  for (const name of endLeftovers()) console.log(`ended ${name}, left over from a command that was killed`);
  const seed = choice.seed ?? randomInt(2 ** 31);
  const ids = choice.only ? [choice.only] : existingBackends();
  let exitCode = 0;
  for (const id of ids) {
    const outcome = await crashOne(id, { ...choice, seed }, signal);
    print(`backend-${id}`, outcome, seed);
    if (problemsOf(outcome).length > 0) exitCode = 1;
  }
  return exitCode;
}

async function crashOne(
  id: BackendId,
  choice: CrashChoice & { seed: number },
  signal: AbortSignal,
): Promise<CrashOutcome> {
  const postgres = await startPostgres({ dataFolder: path.join(stateFolder, 'crash-postgres'), isDurable: true });
  const database = `crash_${id}_${process.pid}`;
  try {
    return await crashOn(id, await postgres.createDatabase(database, `crash_${id}`), postgres, choice, signal);
  } finally {
    await postgres.dropDatabase(database);
    await postgres.stop();
  }
}

async function crashOn(
  id: BackendId,
  databaseUrl: string,
  postgres: Postgres,
  choice: CrashChoice & { seed: number },
  signal: AbortSignal,
): Promise<CrashOutcome> {
  const backend = await startBackend({ id, databaseUrl, replicas: 2, signal });
  try {
    const { name, urls, inviteCode } = backend;
    const target = await probeTarget({ name, urls, inviteCode, basePath: '', headers: {}, timeoutMs: 5000 });
    return await crash({ ...choice, backend, target, postgres, signal, onProgress: progressOf(name, choice) });
  } finally {
    await backend.stop();
  }
}

function progressOf(name: string, { writes, kills }: CrashChoice): (now: { writes: number; kills: number }) => void {
  return (now) =>
    console.log(`${name}  ${count(now.writes)} of ${count(writes)} writes, ${now.kills} of ${kills} kills`);
}

function problemsOf({ lost, doubled, outOfOrder, overlaps }: CrashOutcome): string[] {
  return [...lost, ...doubled, ...outOfOrder, ...overlaps];
}

function print(name: string, outcome: CrashOutcome, seed: number): void {
  const { writes, unknown, kills, resumes, events, ms, lost, doubled, outOfOrder, overlaps } = outcome;
  console.log(`
${name}
  writes acknowledged      ${count(writes)}  (${count(unknown)} more without an answer)
  kills under way          ${kills.replica + kills.postgres}  (replicas ${kills.replica}, PostgreSQL ${kills.postgres})
  events told              ${count(events)}  on streams resumed ${count(resumes)} times
  lost                     ${count(lost.length)}
  doubled                  ${count(doubled.length)}
  out of order             ${count(outOfOrder.length)}
  overlapping appointments ${count(overlaps.length)}
  seed ${seed}, ${Math.round(ms / 1000)} s`);
  for (const problem of problemsOf(outcome).slice(0, 20)) console.log(`  ✗ ${problem}`);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
