import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream, type ResultRecord } from '../../report/stream.ts';
import { createSpecimen, type Specimen } from '../../specimen/specimen.ts';

const DUET = path.resolve(import.meta.dirname, '../../bin/duet.mjs');
const REASON = 'needs two replicas: give their URLs with --target name=url,url';
const TITLE = 'revokes the session at once on every replica';

const folder = mkdtempSync(path.join(tmpdir(), 'duet-conform-'));
let specimen: Specimen;
let judged: { code: number; stdout: string; records: ResultRecord[] };

/** Judges one server twice: by the URL of one of its replicas, and by those of both. */
beforeAll(async () => {
  specimen = await createSpecimen({ inviteCode: 'specimen-invite' });
  const targets = ['--target', `one=${specimen.urls[0]}`, '--target', `two=${specimen.urls.join(',')}`];
  const chosen = ['--rule', 'sessions/logout', '--invite-code', 'specimen-invite', '--yes', '--out', folder];
  const { promise, resolve } = Promise.withResolvers<Omit<typeof judged, 'records'>>();
  execFile(process.execPath, [DUET, 'conform', ...targets, ...chosen], { env: environment() }, (error, stdout) =>
    resolve({ code: error ? Number(error.code) : 0, stdout }),
  );
  judged = { ...(await promise), records: readStream(path.join(folder, 'results.ndjson')) };
}, 120_000);

afterAll(async () => {
  await specimen.stop();
  rmSync(folder, { recursive: true });
});

/** In a workflow of GitHub the output is another. */
function environment(): NodeJS.ProcessEnv {
  const { GITHUB_ACTIONS: _, ...others } = process.env;
  return { ...others, NO_COLOR: '1' };
}

function outcomesOf(target: string): Record<string, string> {
  const tests = judged.records.filter((record) => record.type === 'test').filter((record) => record.target === target);
  return Object.fromEntries(tests.map(({ title, outcome, reason }) => [title, reason ?? outcome]));
}

describe('a server judged by the URL of one replica', () => {
  test('is told what of a rule was not tested, and why', () => {
    expect(judged.stdout).toContain(`  Not tested\n\n  ○ sessions/logout in part on one: ${REASON}\n`);
  });

  test('is conformant by all else', () => {
    expect(judged.stdout).toMatch(/^ {2}one {2}conformant: core, clock · 1 rule passed · \d+ answers judged$/m);
    expect(judged.code).toBe(0);
    const rule = judged.records.find((record) => record.type === 'rule' && record.target === 'one');
    expect(rule).toMatchObject({ outcome: 'pass', reason: `1 of 6 tests not run: ${REASON}` });
  });

  test('runs every test but those that need two, and all with both', () => {
    const [one, two] = [outcomesOf('one'), outcomesOf('two')];
    expect(new Set(Object.values(two))).toEqual(new Set(['pass']));
    expect(one).toEqual({ ...two, [TITLE]: REASON });
    expect(Object.keys(two)).toHaveLength(6);
  });
});
