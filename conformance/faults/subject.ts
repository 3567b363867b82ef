import { createSpecimen } from '../specimen/specimen.ts';
import type { TwilioAccess } from '../src/providers.ts';
import { createScratchDatabase, type Launcher, type ServerProcess } from '../src/stack/launcher.ts';
import { freePort } from '../src/stack/ports.ts';
import { startServer } from '../src/stack/server.ts';
import { probeTarget, type SuiteTarget } from '../src/target.ts';
import { type Fault, isWrapped } from './declare.ts';

export type Subject = { target: SuiteTarget; stop(): Promise<void> };
/** A good backend that faults of the launcher profile are wrapped around. */
export type Backend = { urls: string[]; inviteCode: string; launcher: Launcher; twilio?: TwilioAccess };

/** The name of the target without a fault. */
export const honest = 'honest';

/** Under which a fault's target runs. */
export const nameOf = ({ rule, name }: Fault): string => (name === honest ? honest : `${rule} ${name}`);

const inviteCode = 'specimen-invite';

/** What a fault is compared with: the same without the fault, behind the same wrapper. */
export function startHonest(like: Fault, backend: Backend | undefined, timeoutMs: number): Promise<Subject> {
  if (!isWrapped(like)) return behindSpecimen(honest, {}, timeoutMs);
  return startFaulty({ ...like, name: honest, settings: { mode: 'honest' } }, backend, timeoutMs);
}

/** @throws Error when a wrapped fault has no backend to be wrapped around */
export function startFaulty(fault: Fault, backend: Backend | undefined, timeoutMs: number): Promise<Subject> {
  if (!isWrapped(fault)) return behindSpecimen(nameOf(fault), fault, timeoutMs);
  if (!backend) throw new Error(`${fault.rule} ${fault.name} needs a backend`);
  const launcher = wrapped(backend.launcher, fault);
  return fault.isWhole
    ? startWhole(nameOf(fault), backend, launcher, timeoutMs)
    : behindBackend(nameOf(fault), backend, launcher, timeoutMs);
}

/** Replicas of its own, on a database of its own; the first one takes the callbacks. */
async function startWhole(name: string, backend: Backend, launcher: Launcher, timeoutMs: number): Promise<Subject> {
  const database = await createScratchDatabase(launcher);
  const servers: ServerProcess[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop(2_000)));
    await database.drop();
  };
  try {
    const ports = [await freePort(), await freePort()];
    for (const port of ports) servers.push(await startReplica(launcher, database.url, ports[0] ?? port, port));
    const urls = servers.map(({ url }) => url);
    const { inviteCode, twilio } = backend;
    const target = await probeTarget({
      name,
      urls,
      inviteCode,
      basePath: '',
      headers: {},
      timeoutMs,
      launcher,
      twilio,
    });
    return { target, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startReplica(
  launcher: Launcher,
  databaseUrl: string,
  firstPort: number,
  port: number,
): Promise<ServerProcess> {
  const url = `http://127.0.0.1:${port}`;
  const given = { DATABASE_URL: databaseUrl, HOST: '127.0.0.1', PORT: String(port) };
  const env = { ...launcher.env, ...given, PUBLIC_URL: `http://127.0.0.1:${firstPort}` };
  return startServer({
    name: launcher.name,
    command: launcher.start,
    cwd: launcher.cwd,
    env,
    readyUrl: `${url}/readyz`,
  });
}

async function behindSpecimen(name: string, lie: object, timeoutMs: number): Promise<Subject> {
  const specimen = await createSpecimen({ inviteCode, lie });
  const target = await probeTarget({ name, urls: specimen.urls, inviteCode, basePath: '', headers: {}, timeoutMs });
  return { target, stop: specimen.stop };
}

async function behindBackend(name: string, backend: Backend, launcher: Launcher, timeoutMs: number): Promise<Subject> {
  const { urls } = backend;
  const options = { name, urls, inviteCode: backend.inviteCode, basePath: '', headers: {}, timeoutMs, launcher };
  return { target: await probeTarget(options), stop: async () => undefined };
}

/** The launcher whose server is started by the fault's wrapper. */
function wrapped(launcher: Launcher, fault: Extract<Fault, { wrapper: URL }>): Launcher {
  const words = Object.entries(fault.settings ?? {}).map(([name, value]) => `--${name}=${value}`);
  return { ...launcher, start: [process.execPath, fault.wrapper.pathname, ...words, '--', ...launcher.start] };
}
