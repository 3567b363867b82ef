import { performance } from 'node:perf_hooks';
import { Actor, uniqueName } from '../../src/actors.ts';
import { nextLook } from '../../src/look.ts';
import type { Postgres } from '../../src/stack/postgres.ts';
import { temporaryName } from '../../src/stack/scratch-database.ts';
import type { World } from '../k6/scenarios/order.ts';
import type { Facts, ProductName } from '../study/records.ts';
import { ownerOf, type RunningSubject, startSubject } from '../subjects.ts';
import { makeWorlds } from '../world.ts';
import { type LoggedScenario, loggedRequests } from './logged-requests.ts';
import { type LogMode, printedFor, withoutSecrets } from './log-entries.ts';

type Log = Facts['logs'][number];

/** As shipped; and as a developer starts it, which production does not allow. */
const settings: Record<LogMode, Record<string, string>> = {
  production: { LOG: 'production', NODE_ENV: 'production' },
  dev: { LOG: 'dev', NODE_ENV: 'development' },
};

const arrivalMs = 5000;

/** The floor knows no log for people. */
export function modesOf(product: ProductName): LogMode[] {
  return product === 'floor' ? ['production'] : ['production', 'dev'];
}

/**
 * Starts a product on a database of its own and sends it one request of each scenario.
 * @returns what it printed for each of them
 * @throws StartError when it does not start; Error when a request is refused, or a log shows a secret
 */
export async function logsOf(
  product: ProductName,
  mode: LogMode,
  postgres: Postgres,
  signal: AbortSignal,
): Promise<Log[]> {
  const database = temporaryName('facts');
  await postgres.createDatabase(database, ownerOf(product));
  try {
    const subject = await startSubject(planOf(product, mode), { postgres, database, signal });
    try {
      return await logsFrom(subject, mode, signal);
    } finally {
      await subject.stop();
    }
  } finally {
    await postgres.dropDatabase(database);
  }
}

function planOf(product: ProductName, mode: LogMode): Parameters<typeof startSubject>[0] {
  const series = product === 'floor' ? null : 'statements';
  return { name: product, product, role: 'measured', series, node: process.version, env: settings[mode] };
}

async function logsFrom(subject: RunningSubject, mode: LogMode, signal: AbortSignal): Promise<Log[]> {
  const [world] = await makeWorlds(subject.target, 1);
  if (!world) throw new Error(`${subject.plan.name} has nobody who could send a request`);
  const logs: Log[] = [];
  for (const scenario of Object.keys(loggedRequests) as LoggedScenario[]) {
    signal.throwIfAborted();
    logs.push({ mode, scenario, ...(await printedDuring(subject, world, scenario, mode)) });
  }
  return logs;
}

async function printedDuring(
  subject: RunningSubject,
  world: World,
  scenario: LoggedScenario,
  mode: LogMode,
): Promise<Pick<Log, 'lines' | 'bytes' | 'text'>> {
  const { target, plan } = subject;
  const requestId = `${scenario}-${uniqueName()}`;
  const { status, send } = loggedRequests[scenario];
  const answer = await send(target, world, { 'x-request-id': requestId });
  if (answer.status !== status) throw new Error(`${plan.name}: ${scenario} answers ${answer.status} ${answer.text}`);
  await arrivalOf(subject, requestId);
  // What comes in several pieces is whole once a later request's is there.
  const fence = `fence-${uniqueName()}`;
  await new Actor(target).send('getMeta', { headers: { 'x-request-id': fence } });
  await arrivalOf(subject, fence);
  const printed = printedFor(requestId, outputOf(subject), mode);
  withoutSecrets(printed.text, secretsOf(target.inviteCode, world, answer.body));
  return printed;
}

function outputOf({ process }: RunningSubject): string[] {
  return [...process.stdout, ...process.stderr];
}

async function arrivalOf(subject: RunningSubject, mark: string): Promise<void> {
  const until = performance.now() + arrivalMs;
  while (!outputOf(subject).some((line) => line.includes(mark))) {
    if (performance.now() > until) throw new Error(`${subject.plan.name} logs nothing of the request ${mark}`);
    await nextLook();
  }
}

function secretsOf(
  inviteCode: string | null,
  { reader, writer, doctor }: World,
  answer: unknown,
): Record<string, string> {
  const people = Object.entries({ reader, writer, doctor }).flatMap(([name, { password, token }]) => [
    [`the password of the ${name}`, password],
    [`the token of the ${name}`, token],
  ]);
  const given = typeof answer === 'object' && answer !== null && 'token' in answer ? String(answer.token) : '';
  return { ...Object.fromEntries(people), 'the token of a login': given, 'the invite code': inviteCode ?? '' };
}
