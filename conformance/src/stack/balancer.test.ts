import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Balancer, startBalancer } from './balancer.ts';
import { findHaproxy, type HaproxyBinary } from './balancer-binary.ts';
import { balancerConfiguration, checks, noticedWithinMs } from './balancer-settings.ts';
import { commands, readPlaces } from './balancer-socket.ts';

const haproxy: HaproxyBinary | string = await findHaproxy().catch((error: Error) => error.message);

describe('the configuration', () => {
  const text = balancerConfiguration({ port: 4321, socket: '/run/x/socket', places: 5 });

  it('sends a request again only when no connection came about', () => {
    expect(text).toContain('retry-on conn-failure\n');
    expect(text.match(/retry-on/g)).toHaveLength(1);
  });

  it('has its places, its socket and its port', () => {
    expect(text).toContain('server-template place 1-5 ');
    expect(text).toContain('stats socket /run/x/socket mode 600 level admin');
    expect(text).toContain('bind 127.0.0.1:4321');
  });

  it('says the time in which a dead replica is noticed by its own checks', () => {
    expect(text).toContain(`inter ${checks.everyMs}ms fall ${checks.fall}`);
    expect(noticedWithinMs).toBe(1500);
  });
});

describe('the runtime socket', () => {
  it('has a command for each step', () => {
    expect(commands.address(2, { host: '127.0.0.1', port: 5000 })).toBe(
      'set server replicas/place2 addr 127.0.0.1 port 5000',
    );
    expect(commands.state(2, 'drain')).toBe('set server replicas/place2 state drain');
  });

  it('tells the places by the names of the columns', () => {
    const csv = '# pxname,svname,scur,status,wretr,wredis,\nreplicas,place1,7,UP,1,2,\nreplicas,place2,0,MAINT,0,0,\n';
    expect(readPlaces(csv)).toEqual([
      { name: 'place1', status: 'UP', current: 7, retries: 1, redispatches: 2 },
      { name: 'place2', status: 'MAINT', current: 0, retries: 0, redispatches: 0 },
    ]);
  });
});

describe('findHaproxy', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-haproxy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = (script: string): string => {
    const file = path.join(folder, 'haproxy');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  it('takes the one that HAPROXY_BIN names', async () => {
    const file = program('echo "HAProxy version 2.6.12-1+deb12u4 2026/10/17"');
    expect(await findHaproxy({ HAPROXY_BIN: file })).toEqual({ path: file, version: '2.6.12' });
  });

  it.each([
    [{ HAPROXY_BIN: '/no/such/file' }, '', /HAPROXY_BIN=\/no\/such\/file is no HAProxy .*apt-get install haproxy/],
    [{ PATH: '' }, '', /HAProxy is not here: install it \(Debian, Ubuntu: apt-get install haproxy/],
    [{ PATH: folder }, 'echo nonsense', /is no HAProxy \(nonsense\)/],
    [{ PATH: folder }, 'echo "HA-Proxy version 1.8.1"', /is HAProxy 1\.8\.1, and 2\.4 or newer is needed/],
  ])('says how to get it: %j', async (environment, script, message) => {
    program(script);
    await expect(findHaproxy(environment)).rejects.toThrow(message);
  });
});

describe('HAProxy itself', () => {
  const servers: Server[] = [];
  let balancer: Balancer | undefined;

  beforeAll(async () => {
    if (typeof haproxy !== 'string') balancer = await startBalancer(haproxy, { places: 3 });
  });
  afterAll(async () => {
    await balancer?.stop();
    for (const server of servers) server.close();
  });

  async function replica(name: string): Promise<string> {
    const server = createServer((_, response) => response.end(name));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('refuses by itself, and asks who is in and nobody else', async (context) => {
    if (!balancer) return context.skip(String(haproxy));
    const refused = await fetch(`${balancer.url}/v1/me`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({
      code: 'service-unavailable',
      requestId: refused.headers.get('x-request-id'),
    });

    const ask = async (): Promise<string> => (await fetch(`${balancer?.url}/x`)).text();
    await balancer.admit(1, await replica('one'));
    expect(await ask()).toBe('one');
    await balancer.admit(2, await replica('two'));
    await balancer.set(1, 'drain');
    expect([await ask(), await ask(), await ask()]).toEqual(['two', 'two', 'two']);
    await balancer.set(1, 'maint');
    expect((await balancer.places()).map(({ status }) => status.split(' ')[0])).toEqual(['MAINT', 'UP', 'MAINT']);
    await balancer.admit(1, await replica('three'));
    expect([await ask(), await ask()].sort()).toEqual(['three', 'two']);
  });
});
