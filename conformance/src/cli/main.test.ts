import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const bin = path.resolve(import.meta.dirname, '../../bin/duet.mjs');

function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  execFile(process.execPath, [bin, ...words], (error, stdout, stderr) =>
    resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
  );
  return promise;
}

// Each starts a process, which on a busy machine takes its time.
describe('duet', { timeout: 30_000 }, () => {
  it.each([
    ['--help'],
    ['conform', '--help'],
    ['compare', '--help'],
    ['up', '--help'],
    ['deploy', '--help'],
    ['diff', '--help'],
    ['replay', '--help'],
    ['diff-results', '--help'],
    ['testers', '--help'],
    ['merge', '--help'],
  ])('helps with examples: %s %s', async (...words) => {
    const { code, stdout } = await run(...words);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
  });

  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['conform'], /which server\? duet conform --target/],
    [['conform', '--target', 'http://127.0.0.1:9'], /nothing listens there; start the server or correct the port/],
    [['conform', '--target', 'http://127.0.0.1:9', '--rule', 'nothing/at-all'], /no rule fits/],
    [['conform', '--target', 'http://127.0.0.1:9', '--timeout', 'soon'], /must be seconds/],
    [['compare', '--only', 'c'], /must be a or b/],
    [['testers', '--tester', 'postman'], /must be schemathesis or dredd/],
    [['merge'], /missing required argument 'log'/],
    [['merge', '/nowhere/pod.log'], /\/nowhere\/pod\.log cannot be read: .*; keep a runner's log by kubectl logs/],
    [['deploy', '--rollouts', '0'], /must be a whole number from 1 to 50/],
  ])('exits 2 for %j and says why', async (words, message) => {
    const { code, stdout, stderr } = await run(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
