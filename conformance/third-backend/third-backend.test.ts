import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream, type ResultRecord, type RuleRecord, type TestRecord } from '../report/stream.ts';
import { repositoryRoot } from '../src/stack/paths.ts';
import { freePort } from '../src/stack/ports.ts';
import { type ServerProcess, startServer } from '../src/stack/server.ts';

/** A command of the page; `said` is what it claims of its output, and undefined of a server, which stays. */
type Step = { command: string; said: string[] | undefined };

const page = readFileSync(path.join(repositoryRoot, 'conformance/docs/bring-your-own-backend.md'), 'utf8');
const steps = stepsOf(page);
const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-third-backend-'));
const ports = new Map<string, string>();
const servers: ServerProcess[] = [];
const runs: ResultRecord[][] = [];

/** The shell's lines, each with the block of text after it. */
function stepsOf(text: string): Step[] {
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, body = '']) => ({ language, body }));
  return blocks.flatMap(({ language, body }, index) => {
    const next = blocks[index + 1];
    const said = next?.language === 'text' ? next.body.trim().split('\n') : undefined;
    const commands = body.trim().split('\n').filter((line) => !line.startsWith('export ')); // prettier-ignore
    return language === 'sh' ? commands.map((command) => ({ command, said })) : [];
  });
}

/** The command on this machine: free ports for the page's own, and the `duet` and Node that run this test. */
function asRunHere(command: string): string {
  const exports = page.match(/^export .*$/gm) ?? [];
  const moved = [...ports].reduce((text, [from, to]) => text.replaceAll(from, to), command);
  const own = moved.replaceAll('npx node ', 'exec "$NODE" ').replaceAll('npx duet ', 'exec "$NODE" "$DUET" ');
  return [...exports, own].join('\n');
}

const environment = { NODE: process.execPath, DUET: path.join(repositoryRoot, 'conformance/bin/duet.mjs') };

function run(command: string): Promise<{ code: number; output: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; output: string }>();
  // Nothing else of the environment: in a workflow of GitHub the output is another.
  const { PATH, HOME } = process.env;
  const options = { cwd: folder, env: { PATH, HOME, ...environment, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
  const child = execFile('bash', ['-c', asRunHere(command)], options, (error, stdout, stderr) =>
    resolve({ code: error ? Number(error.code) : 0, output: `${stdout}\n${stderr}` }),
  );
  child.stdin?.end();
  return promise;
}

async function start(command: string, env: Record<string, string> = {}): Promise<void> {
  const script = asRunHere(command);
  const port = /(?:PORT=|--port )(\d+)/.exec(script)?.[1] ?? '';
  const options = { name: `the server at ${port}`, command: ['bash', '-c', script], cwd: folder };
  const readyUrl = `http://127.0.0.1:${port}/readyz`;
  servers.push(await startServer({ ...options, env: { ...environment, ...env }, readyUrl }));
}

/** Whether a line of the page stands in a line of the output; `…` is anything, white space any of its length. */
function stands(said: string, output: string): boolean {
  const squeezed = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
  return output.split('\n').some((line) => {
    let rest = squeezed(line);
    return said.split('…').map(squeezed).every((part) => {
      const at = rest.indexOf(part);
      rest = rest.slice(at + part.length);
      return at >= 0;
    }); // prettier-ignore
  });
}

const records = (): ResultRecord[] => runs.flat();
const rulesOfMine = (): RuleRecord[] =>
  records().filter((record) => record.type === 'rule').filter(({ target }) => target === 'mine'); // prettier-ignore
const testsOf = (name: string): TestRecord[] =>
  records().filter((record) => record.type === 'test').filter(({ target }) => target === name); // prettier-ignore
const rulesThat = (...outcomes: RuleRecord['outcome'][]): string[] =>
  [...new Set(rulesOfMine().filter(({ outcome }) => outcomes.includes(outcome)).map(({ rule }) => rule))].sort(); // prettier-ignore

beforeAll(async () => {
  symlinkSync(path.join(repositoryRoot, 'conformance'), path.join(folder, 'conformance'));
  for (const port of ['3000', '4900']) ports.set(port, String(await freePort()));
  for (const { command, said } of steps) if (said === undefined) await start(command);
}, 60_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

describe('the page, followed to the end', { timeout: 300_000 }, () => {
  const judged = steps.filter((step) => step.said !== undefined);

  const named = judged.map(({ command, said = [] }, index) => ({
    step: `${index + 1}. ${command.slice(4)}`,
    command,
    said,
  }));

  test.each(named)('$step', async ({ command, said }) => {
    const { code, output } = await run(command);
    for (const line of said.slice(0, -1)) expect(stands(line, output), `${line}\nis not in\n${output}`).toBe(true);
    expect(`exit code ${code}`, output).toBe(said.at(-1));
    if (/duet (conform|compare) /.test(command) && !command.includes('--require'))
      runs.push(readStream(path.join(folder, 'report/results.ndjson')));
  });
});

describe('what came of it', () => {
  const table = /\| once you have[^]*?\n\n/.exec(page)?.[0].split('\n').slice(2, 6).join('\n') ?? '';
  const promised = [...table.matchAll(/`([a-z]+\/[a-z-]+)`/g)].map(([, id = '']) => id).sort();

  test('exactly the rules of the first four rows of the table pass', () => {
    expect(promised.length).toBe(13);
    expect(rulesThat('pass')).toEqual(promised);
  });

  test('what its profiles do not show is not tested', () => {
    expect(rulesThat('not tested')).toEqual(['http/conformance-clock', 'operations/drain', 'operations/logs']);
    const reasons = new Set(
      testsOf('mine').flatMap(({ outcome, reason }) => (outcome === 'not tested' ? [reason] : [])),
    );
    expect([...reasons].sort()).toEqual([
      'needs profile clock: start the target with CONFORMANCE_CLOCK=1',
      'needs profile launcher: give a launcher file with --launcher',
      'needs two replicas: give their URLs with --target name=url,url',
    ]);
  });

  test('a test that needs the clock passes beside it and is not tested on it', () => {
    const title = 'keeps what is missed, going on or completed';
    const outcomes = ['mine', 'specimen'].map((name) => testsOf(name).filter((one) => one.title === title).map(({ outcome }) => outcome)); // prettier-ignore
    expect(new Set(outcomes[0])).toEqual(new Set(['not tested']));
    expect(outcomes[1]).toEqual(['pass']);
  });

  test('what it has not built fails, or is a known failure', () => {
    const known = JSON.parse(readFileSync(path.join(import.meta.dirname, 'known-failures.json'), 'utf8'));
    const ids = known.knownFailures.map(({ rule }: { rule: string }) => rule);
    expect(rulesThat('known failure', 'fail')).toEqual(ids.sort());
  });
});

test('of a server with another provider nothing of peer is tested', { timeout: 120_000 }, async () => {
  const [first] = steps;
  const port = String(await freePort());
  ports.set('3000', port);
  await start(first?.command ?? '', { VIDEO_PROVIDER: 'twilio' });
  const asked = "--rule 'calls/{epoch,ice,signals-forgotten}' --rule webhooks/peer-unknown";
  const { code, output } = await run(`npx duet conform --target mine=http://127.0.0.1:3000 ${asked} --invite-code "$CODE" --yes`); // prettier-ignore
  expect(code, output).toBe(2);
  expect(output).toContain('4 rules: needs the video provider peer');
  expect(output).toContain('could not judge: nothing was tested: needs the video provider peer');
});
