import { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { StartError } from '../stack/errors.ts';
import { isFree } from '../stack/ports.ts';
import { announceStack, findRunningStack, withdrawStack } from '../stack/stack-file.ts';
import type { Stack } from '../stack/stack.ts';
import { addBackendOptions, startChosen, type BackendChoice } from './backend-options.ts';
import { unlessAborted } from './interruption.ts';
import type { Surroundings } from './main.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  duet up                      both backends, two replicas each, a PostgreSQL of their own
  duet up --only a --log dev   one of them, with its requests and queries made for a person to read
  duet up --port-a 5001        other ports: the replicas of a backend get consecutive ones

The databases keep their data until the next time. While it runs, duet compare judges these servers.
DATABASE_URL_A and DATABASE_URL_B name databases of your own; DOCTOR_INVITE_CODE fixes the invite code.
`;

type UpOptions = BackendChoice & { portA: number; portB: number; log: 'production' | 'dev' };

/** `duet up`: starts the backends and stays until Ctrl-C. */
export function upCommand(surroundings: Surroundings): Command {
  const command = new Command('up').description('start the database and both backends, and stay until Ctrl-C');
  addBackendOptions(command)
    .option('--port-a <port>', "where backend a's first replica listens", wholeNumber(1, 65_528), 4001)
    .option('--port-b <port>', "where backend b's first replica listens", wholeNumber(1, 65_528), 4011)
    .option(
      '--log <style>',
      'production, or dev: print what the backends log for people',
      oneOf(['production', 'dev']),
      'production',
    )
    .addHelpText('after', examples);
  return command.action((options: UpOptions) => up(options, surroundings.signal));
}

async function up(options: UpOptions, signal: AbortSignal): Promise<void> {
  const running = findRunningStack();
  if (running)
    throw new StartError(
      `duet up runs already (process ${running.process.pid}): ${running.backends.map(({ urls }) => urls[0]).join(', ')}; stop it with Ctrl-C there`,
    );
  await checkPorts(options);
  const inviteCode = process.env['DOCTOR_INVITE_CODE'] || randomBytes(9).toString('base64url');
  const isTalkative = options.log === 'dev';
  const stack = await startChosen(options, {
    data: 'kept',
    ports: { a: options.portA, b: options.portB },
    env: { DOCTOR_INVITE_CODE: inviteCode, LOG: options.log },
    signal,
    ...(isTalkative && { onLine: (name, line) => process.stdout.write(`${name}  ${line}\n`) }),
  });
  try {
    announce(stack, options, inviteCode);
    const sentence = await unlessAborted(signal, stack.died);
    throw new StartError(`${sentence}; everything else is stopped`);
  } finally {
    withdrawStack();
    await stack.stop();
  }
}

function announce(stack: Stack, { hotPaths }: UpOptions, inviteCode: string): void {
  const backends = stack.backends.map(({ name, urls, launcher, mayCreateDatabases }) => {
    return { name, urls, inviteCode, launcher: mayCreateDatabases ? launcher : null };
  });
  announceStack({ hotPaths: hotPaths ?? 'statements', backends });
  for (const { name, urls } of backends) process.stdout.write(`${name}    ${urls.join('  ')}\n`);
  process.stdout.write(`doctors register with the invite code ${inviteCode}\nstop with Ctrl-C\n`);
}

async function checkPorts({ only, portA, portB, replicas }: UpOptions): Promise<void> {
  const first = { a: portA, b: portB };
  const ids = only ? ([only] as const) : (['a', 'b'] as const);
  const wanted = ids.flatMap((id) => Array.from({ length: replicas }, (_, index) => ({ id, port: first[id] + index })));
  for (const [index, { id, port }] of wanted.entries()) {
    if (wanted.findIndex((other) => other.port === port) < index)
      throw new StartError(`port ${port} is wanted twice: move one of them with --port-${id}`);
    if (!(await isFree(port)))
      throw new StartError(`port ${port} is in use: stop what listens there, or choose another with --port-${id}`);
  }
}
