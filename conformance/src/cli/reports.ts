import { rules } from '@duet/contract/rules';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
import { readStream, type ResultRecord, StreamError } from '../../report/stream.ts';
import { summarise, type Summary } from '../../report/summarise.ts';
import { tellGitHub, withoutCommands } from './github.ts';

const STUDY_PAGE = 'study.html';

/** Writes the reports of a run beside its results.ndjson. @returns what they were made from */
export function writeReports(records: readonly ResultRecord[], folder: string): Summary {
  const summary = summarise(records, rules);
  mkdirSync(folder, { recursive: true });
  const files = {
    'junit.xml': renderJunit(summary),
    'summary.md': renderMarkdown(summary),
    'results.sarif': renderSarif(summary, contractPlaces()),
    'exchanges.har': renderHar(summary),
    'badge.json': `${JSON.stringify(badgeOf(summary.targets.map(({ verdict }) => verdict)))}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  writePage(summary, folder);
  writeScripts(summary, folder);
  return summary;
}

/** The page names the study that lies beside it, if one does. */
function writePage(summary: Summary, folder: string): void {
  const isThere = existsSync(path.join(folder, STUDY_PAGE));
  writeFileSync(path.join(folder, 'index.html'), renderHtml(summary, isThere ? { study: STUDY_PAGE } : {}));
}

/** A report that was there before the study beside it gets to name it. */
export function nameStudy(folder: string): void {
  const file = path.join(folder, 'results.ndjson');
  if (!existsSync(path.join(folder, 'index.html')) || !existsSync(file)) return;
  try {
    writePage(summarise(readStream(file), rules), folder);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error; // A run that was cut off has no page to be renewed.
  }
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
