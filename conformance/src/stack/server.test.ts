import { describe, expect, it } from 'vitest';
import { startOf } from './living.ts';
import { freePort } from './ports.ts';
import { causeOfDeath } from './process.ts';
import { startServer, type ServerOptions } from './server.ts';

async function optionsFor(script: string): Promise<ServerOptions> {
  const port = await freePort();
  const command = [process.execPath, '-e', script];
  return {
    name: 'it',
    command,
    cwd: import.meta.dirname,
    env: { PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  };
}

const serving = `require('http').createServer((_, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1', () => console.log('listening'))`;

describe('startServer', () => {
  it('waits until it is ready, keeps its lines and stops it', async () => {
    const server = await startServer(await optionsFor(`${serving}; process.on('SIGTERM', () => process.exit(7))`));
    expect(server.stdout).toEqual(['listening']);
    expect(await server.stop()).toEqual({ code: 7, signal: null });
    expect(startOf(server.pid)).toBeNull();
  });

  it('ends one that ignores SIGTERM, with all that it started', async () => {
    const child = `const c = require('child_process').spawn('sleep', ['60']); console.log(c.pid)`;
    const server = await startServer(await optionsFor(`process.on('SIGTERM', () => 0); ${child}; ${serving}`));
    expect(await server.stop(200)).toEqual({ code: null, signal: 'SIGKILL' });
    await expect.poll(() => startOf(Number(server.stdout[0]))).toBeNull();
  });

  it('gives the words of one that exits, on one line', async () => {
    const options = await optionsFor(
      `console.error('PORT: in use'); console.error('HOST: missing'); process.exitCode = 1`,
    );
    await expect(startServer(options)).rejects.toThrow('it: PORT: in use; HOST: missing (exited with code 1)');
  });

  it('names the error that one dies of, not what Node prints behind it', async () => {
    const options = await optionsFor(
      serving.replace(`(_, r) => r.end('ok')`, `({ url }, r) => r.end(url === '/die' ? noPool : 'ok')`),
    );
    const server = await startServer(options);
    await expect(fetch(new URL('/die', options.readyUrl))).rejects.toThrow();
    expect(causeOfDeath(server, await server.exited)).toBe(
      'ReferenceError: noPool is not defined (exited with code 1)',
    );
  });

  it('says what it saw of one that is not ready in time', async () => {
    const options = await optionsFor(serving.replace(`r.end('ok')`, `r.writeHead(503).end()`));
    await expect(startServer({ ...options, timeoutMs: 600 })).rejects.toThrow(
      /not ready within 0.6 s: .*\/readyz gives 503; it said last: listening/,
    );
  });

  it('names a program that is not there', async () => {
    const options = await optionsFor('');
    await expect(startServer({ ...options, command: ['/no/such/program'] })).rejects.toThrow(
      /it: \/no\/such\/program cannot be run in .*ENOENT/,
    );
  });

  it('leaves nothing behind when it is aborted', async () => {
    const controller = new AbortController();
    const start = startServer({ ...(await optionsFor('setInterval(() => 0, 1000)')), signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(start).rejects.toThrow('enough');
  });

  it('sees nothing of our own environment but where programs are', async () => {
    process.env['DATABASE_URL'] = 'ours';
    const server = await startServer(
      await optionsFor(`console.log(process.env.DATABASE_URL, !!process.env.PATH); ${serving}`),
    );
    expect(server.stdout[0]).toBe('undefined true');
    await server.stop();
  });
});
