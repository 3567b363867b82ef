import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contractDocument } from '../../src/driver/contract.ts';
import { fromNow } from '../../src/instants.ts';
import type { SuiteTarget } from '../../src/target.ts';
import { book, makePeople } from '../people.ts';
import type { Tester, TesterRun, TesterSettings } from '../tester.ts';
import { runTool } from '../tool-command.ts';
import { documentFor } from './document.ts';
import { SCHEMATHESIS_VERSION } from './find-schemathesis.ts';
import { readReport } from './read-report.ts';
import { authDocument, configuration } from './settings.ts';

/** Schemathesis with all its checks and phases, as three people. */
export function schemathesisTester(program: string): Tester {
  return {
    name: 'schemathesis',
    version: SCHEMATHESIS_VERSION,
    run: (target, settings, signal) => runSchemathesis(program, target, settings, signal),
  };
}

async function runSchemathesis(
  program: string,
  target: SuiteTarget,
  settings: TesterSettings,
  signal: AbortSignal,
): Promise<TesterRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-schemathesis-'));
  const report = path.join(folder, 'report.ndjson');
  try {
    await writeInputs(folder, target);
    const { seconds, isOverTime, ...result } = await runTool(wordsOf(program, target, settings, report), {
      cwd: folder,
      // The order of sets is a matter of chance in Python.
      env: { PYTHONHASHSEED: '0' },
      limitMs: settings.limitMs,
      signal,
    });
    const { findings, isWhole } = readReport(existsSync(report) ? readFileSync(report, 'utf8') : '');
    if (isWhole) return { findings, seconds };
    const failure = isOverTime ? `it took longer than ${settings.limitMs / 1000} s` : `exit ${result.code}`;
    return { findings: [], seconds, failure: `${failure}: ${result.output.trim().slice(-500)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People, two appointments (one of which can be joined), and the files that tell of them. */
async function writeInputs(folder: string, target: SuiteTarget): Promise<void> {
  const people = await makePeople(target, fromNow({ days: 1 }));
  const joinable = await book(people.user, people.doctor, fromNow({ minutes: 5 }));
  const authFile = path.join(folder, 'auth.json');
  const known = {
    authFile,
    doctorId: people.doctor.id,
    appointmentIds: [people.appointmentId, joinable],
    messageId: people.messageId,
  };
  writeFileSync(path.join(folder, 'openapi.json'), documentFor(contractDocument));
  writeFileSync(authFile, JSON.stringify(authDocument(people)));
  writeFileSync(path.join(folder, 'schemathesis.toml'), configuration(known));
}

function wordsOf(program: string, target: SuiteTarget, { seed, examples }: TesterSettings, report: string): string[] {
  const run = ['run', 'openapi.json', '--url', `${target.urls[0]}${target.basePath}`];
  const kept = ['--report-ndjson-path', report, '--generation-database', 'none', '--no-shrink'];
  const numbers = ['--seed', String(seed), '--max-examples', String(examples)];
  return [program, '--no-color', ...run, '--checks', 'all', '--continue-on-failure', ...numbers, ...kept];
}
