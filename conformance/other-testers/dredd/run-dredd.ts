import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contractDocument } from '../../src/driver/contract.ts';
import type { SuiteTarget } from '../../src/target.ts';
import { downConvert } from '../down-convert/down-convert.ts';
import type { Tester, TesterRun, TesterSettings } from '../tester.ts';
import { runTool } from '../tool-command.ts';
import { DREDD_VERSION } from './find-dredd.ts';
import { readResults } from './read-results.ts';

/** Dredd with the contract said in OpenAPI 3.0: each documented answer once, by the first example. */
export function dreddTester(program: string): Tester {
  return {
    name: 'dredd',
    version: DREDD_VERSION,
    run: (target, settings, signal) => runDredd(program, target, settings, signal),
  };
}

async function runDredd(
  program: string,
  target: SuiteTarget,
  { limitMs }: TesterSettings,
  signal: AbortSignal,
): Promise<TesterRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-dredd-'));
  const [document, told, output] = ['openapi.json', 'target.json', 'results.ndjson'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  try {
    writeFileSync(document, JSON.stringify(downConvert(contractDocument).document));
    writeFileSync(told, JSON.stringify({ target, output }));
    const hooks = path.join(import.meta.dirname, 'hooks.cjs');
    const url = `${target.urls[0]}${target.basePath}`;
    const { code, seconds, isOverTime, ...result } = await runTool(
      [process.execPath, program, document, url, `--hookfiles=${hooks}`, '--loglevel=error'],
      { cwd: folder, env: { DUET_DREDD: told }, limitMs, signal },
    );
    if (isOverTime) return { findings: [], seconds, failure: `it took longer than ${limitMs / 1000} s` };
    const { findings, tried } = readResults(existsSync(output) ? readFileSync(output, 'utf8') : '');
    if (tried > 0) return { findings, seconds };
    return { findings, seconds, failure: `exit ${code}: ${result.output.trim().slice(-500)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
