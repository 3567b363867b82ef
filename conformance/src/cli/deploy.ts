import { Command } from 'commander';
import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { duration } from '../../report/text.ts';
import { wantsColour } from '../../report/colour.ts';
import { deploy, type DeployOutcome } from '../deploy/deploy.ts';
import { renderDeploy, verdictOf } from '../deploy/words.ts';
import { type BackendId, existingBackends } from '../stack/backends.ts';
import { findHaproxy, type HaproxyBinary } from '../stack/balancer-binary.ts';
import { startOf } from '../stack/living.ts';
import { stateFolder } from '../stack/paths.ts';
import { startPostgres } from '../stack/postgres.ts';
import { endLeftovers } from '../stack/process-records.ts';
import { ownerOfName, temporaryName } from '../stack/scratch-database.ts';
import type { Surroundings } from './main.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet deploy                        three versions, a killed replica and a restarted PostgreSQL on each backend
  duet deploy --only b --rollouts 1  one of them, replaced once
  duet deploy --rate 200 --streams 500   more than is asked for

HAProxy stands before two replicas; reads, writes, event streams and a call go on at a steady rate while each replica is
replaced by one of a new version with a new migration: new one ready, old one out of the balancer, SIGTERM, drain.
No write is ever sent again. Afterwards everything that was acknowledged is read back, and every event counted.
HAProxy is found at HAPROXY_BIN or on PATH (Debian, Ubuntu: apt-get install haproxy).

Exit codes: 0 nobody noticed a planned replacement, and nothing acknowledged was lost; 1 something failed, was lost or
doubled; 2 it could not be judged.
`;

type DeployChoice = {
  only?: BackendId;
  rate: number;
  streams: number;
  rollouts: number;
  seed?: number;
  out: string;
};

/** `duet deploy`: replaces, kills and restarts under load, and counts what people noticed. */
export function deployCommand({ signal, finish }: Surroundings): Command {
  return new Command('deploy')
    .description('replace every replica by a new version under load, and count what people notice')
    .option('--only <backend>', 'one of the backends', oneOf(['a', 'b']))
    .option('--rate <number>', 'requests a second, on one backend after the other', wholeNumber(1, 2000), 100)
    .option('--streams <number>', 'event streams that are open all the time', wholeNumber(1, 800), 200)
    .option('--rollouts <number>', 'versions by which the replicas are replaced', wholeNumber(1, 50), 3)
    .option('--seed <number>', 'repeats the choices of an earlier run', wholeNumber(0, 2 ** 31 - 1))
    .option('--out <folder>', 'where the counts go', 'report/deploy')
    .addHelpText('after', examples)
    .action(async (choice: DeployChoice) => finish(await deployAll(choice, signal)));
}

async function deployAll(choice: DeployChoice, signal: AbortSignal): Promise<number> {
  for (const name of endLeftovers()) console.error(`ended ${name}, left over from a command that was killed`);
  const [haproxy, seed, began] = [await findHaproxy(), choice.seed ?? randomInt(2 ** 31), performance.now()];
  const say = (line: string): void => console.error(`${duration(performance.now() - began).padStart(12)}  ${line}`);
  const outcomes: DeployOutcome[] = [];
  const isColoured = wantsColour(process.stdout, process.env);
  for (const id of choice.only ? [choice.only] : existingBackends()) {
    const outcome = await deployOne(id, { ...choice, seed, haproxy, signal, say });
    outcomes.push(outcome);
    process.stdout.write(renderDeploy(outcome, { isColoured }));
  }
  const file = writeCounts(choice, { seed, haproxy: haproxy.version }, outcomes);
  const verdict = verdictOf(outcomes);
  console.log(
    `\nCounts: ${path.relative(process.cwd(), file)}   seed ${seed}   ${duration(performance.now() - began)}`,
  );
  console.log(verdict.sentence);
  return verdict.exitCode;
}

type Means = DeployChoice & { seed: number; haproxy: HaproxyBinary; signal: AbortSignal; say(line: string): void };

async function deployOne(id: BackendId, means: Means): Promise<DeployOutcome> {
  // Durable, since what was acknowledged must outlive what is done to the database.
  const postgres = await startPostgres({ dataFolder: path.join(stateFolder, 'deploy-postgres'), isDurable: true });
  const database = temporaryName(`deploy${id}`);
  try {
    for (const name of await postgres.databases()) if (isAbandoned(name)) await postgres.dropDatabase(name);
    const databaseUrl = await postgres.createDatabase(database, `deploy_${id}`);
    return await deploy({ ...means, id, postgres, databaseUrl });
  } finally {
    await postgres.dropDatabase(database);
    await postgres.stop();
  }
}

/** Of a command that was killed before it could drop it. */
function isAbandoned(database: string): boolean {
  const owner = ownerOfName(database);
  return owner !== undefined && startOf(owner) === null;
}

function writeCounts(choice: DeployChoice, facts: object, outcomes: readonly DeployOutcome[]): string {
  const { rate, streams, rollouts, out } = choice;
  const head = { type: 'deploy', at: new Date().toISOString(), rate, streams, rollouts, ...facts };
  const lines = [head, ...outcomes.flatMap(({ acts, end }) => [...acts, end])];
  const folder = path.resolve(out);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'counts.ndjson');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}
