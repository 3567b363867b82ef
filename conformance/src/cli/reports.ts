import { rules } from '@duet/contract/rules';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { badgeOf } from '../../report/badge.ts';
import { wantsColour } from '../../report/colour.ts';
import { renderConsole } from '../../report/console.ts';
import { renderHar } from '../../report/har.ts';
import { renderHtml } from '../../report/html.ts';
import { renderJunit } from '../../report/junit.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { contractPlaces } from '../../report/places.ts';
import { reproScripts } from '../../report/repro.ts';
import { renderSarif } from '../../report/sarif.ts';
import type { ResultRecord } from '../../report/stream.ts';
import { summarise, type Summary } from '../../report/summarise.ts';
import { tellGitHub, withoutCommands } from './github.ts';

/** Writes the reports of a run beside its results.ndjson. @returns what they were made from */
export function writeReports(records: readonly ResultRecord[], folder: string): Summary {
  const summary = summarise(records, rules);
  mkdirSync(folder, { recursive: true });
  const files = {
    'index.html': renderHtml(summary),
    'junit.xml': renderJunit(summary),
    'summary.md': renderMarkdown(summary),
    'results.sarif': renderSarif(summary, contractPlaces()),
    'exchanges.har': renderHar(summary),
    'badge.json': `${JSON.stringify(badgeOf(summary.targets.map(({ verdict }) => verdict)))}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  writeScripts(summary, folder);
  return summary;
}

/** Those of an earlier run do not stay. */
function writeScripts(summary: Summary, folder: string): void {
  rmSync(path.join(folder, 'repro'), { recursive: true, force: true });
  for (const [name, text] of reproScripts(summary)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, { mode: 0o755 });
  }
}

/** Prints the table, the differences and the failures; in a workflow of GitHub, annotations and its summary too. */
export function printReport(summary: Summary, folder: string): void {
  const isColoured = wantsColour(process.stdout, process.env);
  const text = renderConsole(summary, { isColoured, columns: process.stdout.columns });
  const place = `\nReport: ${path.relative(process.cwd(), path.join(folder, 'index.html'))}\n`;
  process.stdout.write(withoutCommands(text, process.env) + place);
  process.stdout.write(tellGitHub(summary, contractPlaces(), process.env));
}
