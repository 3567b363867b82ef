import { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { buildClient } from '../client-server/build-client.ts';
import { startClientServer, type ClientServer } from '../client-server/client-server.ts';
import { demoAccounts, prepareDemo } from '../client-server/demo.ts';
import { localAddresses } from '../client-server/local-addresses.ts';
import { StaticFiles } from '../client-server/static-files.ts';
import type { Provider } from '../providers.ts';
import { StartError } from '../stack/errors.ts';
import { keepReplicas } from '../stack/keep-replicas.ts';
import { isFree } from '../stack/ports.ts';
import { announceStack, findRunningStack, withdrawStack } from '../stack/stack-file.ts';
import type { Stack } from '../stack/stack.ts';
import { addBackendOptions, startChosen, type BackendChoice } from './backend-options.ts';
import { unlessAborted } from './interruption.ts';
import type { Surroundings } from './main.ts';
import { describeStart, type ReadyBackend } from './start-words.ts';
import { oneOf, wholeNumber } from './values.ts';

const examples = `
Examples:
  npm start                            everything, at http://localhost:4000
  npm start -- --lan                   over HTTPS on the local network, so that a phone can join
  npm start -- --provider twilio       calls through Twilio's SDK, against its emulator: no account needed

The databases keep their data until the next time. DATABASE_URL_A and DATABASE_URL_B name databases of your own;
DOCTOR_INVITE_CODE fixes the invite code.
`;

export type StartOptions = BackendChoice & {
  port: number;
  lan?: true;
  provider: Provider;
  demo: boolean;
  log: 'production' | 'dev';
};

/** `duet start`: the database, both backends, the client and people to try it as, until Ctrl-C. */
export function startCommand(surroundings: Surroundings): Command {
  const command = new Command('start').description('start everything with the web client, and stay until Ctrl-C');
  addBackendOptions(command)
    .option('--port <port>', 'where the client is served', wholeNumber(1, 65_535), 4000)
    .option('--lan', 'serve over HTTPS on the local network, with a certificate made here')
    .option('--provider <name>', 'peer, or twilio (its emulator)', oneOf(['peer', 'twilio']), 'peer')
    .option('--no-demo', 'without accounts to try it as')
    .option(
      '--log <style>',
      'production, or dev: print what the backends log',
      oneOf(['production', 'dev']),
      'production',
    )
    .addHelpText('after', examples);
  return command.action((options: StartOptions) => start(options, surroundings.signal));
}

async function start(options: StartOptions, signal: AbortSignal): Promise<void> {
  await checkSurroundings(options);
  const undo: (() => Promise<void>)[] = [];
  const over = new AbortController();
  try {
    const watched = AbortSignal.any([signal, over.signal]);
    const parts = [startBackends(options, watched, undo), buildClient(watched, say)] as const;
    for (const part of parts) part.catch((error: unknown) => over.abort(error));
    await Promise.allSettled(parts);
    watched.throwIfAborted();
    const [stack, folder] = await Promise.all(parts);
    await serve(options, { stack, folder, signal, undo });
    const losses = [keepReplicas(stack.backends, watched, say), ...(stack.emulatorDied ? [stack.emulatorDied] : [])];
    const sentence = await unlessAborted(signal, Promise.race(losses));
    throw new StartError(`${sentence}; everything else is stopped`);
  } finally {
    over.abort();
    withdrawStack();
    for (const step of undo.reverse()) await step();
  }
}

async function checkSurroundings({ port }: StartOptions): Promise<void> {
  const running = findRunningStack();
  if (running)
    throw new StartError(
      `backends run already (process ${running.process.pid}): stop them with Ctrl-C there, since they use the same databases`,
    );
  if (!(await isFree(port)))
    throw new StartError(`port ${port} is in use: stop what listens there, or choose another with --port`);
}

async function startBackends(
  options: StartOptions,
  signal: AbortSignal,
  undo: (() => Promise<void>)[],
): Promise<Stack> {
  say('starting the database and the backends …');
  const stack = await startChosen(options, {
    data: 'kept',
    providers: [options.provider],
    sharesEmulator: true, // The client reaches one signalling, whichever backend it talks to.
    env: {
      DOCTOR_INVITE_CODE: process.env['DOCTOR_INVITE_CODE'] || randomBytes(9).toString('base64url'),
      LOG: options.log,
      // People of the network reach these: nobody may set their clock.
      CONFORMANCE_CLOCK: '0',
    },
    signal,
    ...(options.log === 'dev' && { onLine: (name, line) => process.stdout.write(`${name}  ${line}\n`) }),
  });
  undo.push(stack.stop);
  return stack;
}

type Serving = { stack: Stack; folder: string; signal: AbortSignal; undo: (() => Promise<void>)[] };

async function serve(options: StartOptions, { stack, folder, signal, undo }: Serving): Promise<void> {
  const backends = await Promise.all(stack.backends.map((backend) => introduce(backend, options)));
  signal.throwIfAborted();
  const addresses = options.lan ? localAddresses() : [];
  if (options.lan && addresses.length === 0) throw new StartError('this machine is in no network: leave --lan out');
  const server = await serveClient(options, { folder, backends, addresses, signalling: signallingOf(stack) });
  undo.push(server.close);
  const launchers = stack.backends.map(({ name, urls, inviteCode }) => ({ name, urls, inviteCode, launcher: null }));
  announceStack({ hotPaths: options.hotPaths ?? 'statements', backends: launchers });
  const inviteCode = backends[0]?.inviteCode ?? '';
  process.stdout.write(describeStart({ options, port: server.port, addresses, backends, inviteCode }));
}

async function introduce(
  { id, urls, inviteCode }: Stack['backends'][number],
  options: StartOptions,
): Promise<ReadyBackend> {
  const name = `Backend ${id.toUpperCase()}`;
  const [url = ''] = urls;
  const state = options.demo ? await prepareDemo(url, { name, inviteCode }) : undefined;
  return { id, name, urls, inviteCode, ...state };
}

type Client = { folder: string; backends: ReadyBackend[]; addresses: string[]; signalling: string | undefined };

async function serveClient(
  options: StartOptions,
  { folder, backends, addresses, signalling }: Client,
): Promise<ClientServer> {
  return startClientServer({
    host: options.lan ? '0.0.0.0' : '127.0.0.1',
    port: options.port,
    files: new StaticFiles(folder),
    backends,
    signalling,
    ...(options.lan && { certificate: await makeCertificate(addresses) }),
    ...(options.demo && { demo: { accounts: demoAccounts } }),
  });
}

/** Loaded here alone: what makes certificates would cost every other command a third of a second. */
async function makeCertificate(addresses: string[]): Promise<{ key: string; cert: string }> {
  const { certificateFor } = await import('../client-server/certificate.ts');
  return certificateFor(addresses);
}

/** The emulator's own address: the client's server hands its browsers on to it. Its control takes no WebSocket. */
function signallingOf({ backends }: Stack): string | undefined {
  const url = backends.find(({ twilio }) => twilio)?.launcher.env['TWILIO_BASE_URL'];
  return url && `${url}/signaling`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
