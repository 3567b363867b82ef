import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort, isFree } from './ports.ts';

const run = promisify(execFile);
/** Of so many out of 12,000 about a hundred would be the same if each process chose for itself. */
const PORTS = 800;

test('processes that ask at once are never given the same port', async () => {
  const ask = `
    import { freePort } from ${JSON.stringify(new URL('ports.ts', import.meta.url).href)};
    const ports = [];
    while (ports.length < ${PORTS}) ports.push(await freePort());
    process.stdout.write(JSON.stringify(ports), () => process.stdin.once('data', () => process.exit()));`;
  const asking = [1, 2].map(() => run(process.execPath, ['--input-type=module', '-e', ask]));
  const printed = asking.map(
    ({ child }) => new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text)))),
  );
  const ports = (await Promise.all(printed)).flatMap((text): number[] => JSON.parse(text));
  for (const { child } of asking) child.stdin?.end('done');
  await Promise.all(asking);
  expect(ports).toHaveLength(2 * PORTS);
  expect(new Set(ports).size).toBe(2 * PORTS);
});

test('a port that was given is free to listen on', async () => {
  expect(await isFree(await freePort())).toBe(true);
});
