import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { type Child, type ChildHooks, type Exit, startChild } from './child.ts';
import { createProxy, type ProxyHooks } from './proxy.ts';

export type Hooks = ChildHooks & {
  proxy?: ProxyHooks;
  /** Done before the real server is started. */
  before?(env: NodeJS.ProcessEnv): Promise<void>;
  /** Told once the real server runs; what it gives back ends it by force. */
  started?(child: Child): void;
};

/** The faults of a wrapping program by mode; `honest` changes nothing. */
export type Modes = Record<string, () => Hooks>;

/**
 * Runs the command after `--` as a good server and lies about it in the way that `--mode=<name>` names. The server is
 * put behind a proxy where the mode needs one, and where our own port can be listened at.
 */
export async function wrap(modes: Modes): Promise<void> {
  const words = process.argv.slice(2);
  const mode = words.find((word) => word.startsWith('--mode='))?.slice('--mode='.length) ?? 'honest';
  const hooks = modes[mode]?.();
  if (!hooks) throw new Error(`no mode ${mode}: ${Object.keys(modes).join(', ')}`);
  const command = words.slice(words.indexOf('--') + 1);
  await hooks.before?.(process.env);
  process.exitCode = await run(command, hooks);
}

async function run(command: string[], hooks: Hooks): Promise<number> {
  const innerPort = hooks.proxy ? await freePort() : undefined;
  const proxy = hooks.proxy && innerPort ? await listening(createProxy(innerPort, hooks.proxy)) : undefined;
  const env = proxy ? { ...process.env, PORT: String(innerPort), HOST: '127.0.0.1' } : process.env;
  const child = startChild(command, env, hooks);
  hooks.started?.(child);
  const exit = await child.exited;
  if (proxy) await ended(proxy);
  return hooks.exitCode?.(exit) ?? codeOf(exit);
}

const codeOf = ({ code, signal }: Exit): number => code ?? (signal ? 1 : 0);

/** undefined where the port cannot be listened at: the server itself then says so. */
function listening(server: Server): Promise<Server | undefined> {
  const { promise, resolve } = Promise.withResolvers<Server | undefined>();
  server.once('error', () => resolve(undefined));
  server.listen(Number(process.env['PORT']), process.env['HOST'], () => resolve(server));
  return promise;
}

/** What the server has answered is passed on to its end; connections that nobody uses are closed. */
async function ended(proxy: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  proxy.close(() => resolve());
  proxy.closeIdleConnections();
  const timer = setTimeout(() => proxy.closeAllConnections(), 500);
  await promise;
  clearTimeout(timer);
}

/** A port for the real server, out of the way of those that the harness and the system choose. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(11_000, 20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  return promise;
}
