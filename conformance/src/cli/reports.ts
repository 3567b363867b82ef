import { rules } from '@duet/contract/rules';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wantsColour } from '../../report/colour.ts';
import { renderConsole } from '../../report/console.ts';
import { renderHtml } from '../../report/html.ts';
import { renderJunit } from '../../report/junit.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { ResultRecord } from '../../report/stream.ts';
import { summarise, type Summary } from '../../report/summarise.ts';

/** Writes the reports of a run beside its results.ndjson. @returns what they were made from */
export function writeReports(records: readonly ResultRecord[], folder: string): Summary {
  const summary = summarise(records, rules);
  mkdirSync(folder, { recursive: true });
  const files = {
    'index.html': renderHtml(summary),
    'junit.xml': renderJunit(summary),
    'summary.md': renderMarkdown(summary),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return summary;
}

/** Prints the table, the differences and the failures. */
export function printReport(summary: Summary, folder: string): void {
  const isColoured = wantsColour(process.stdout, process.env);
  process.stdout.write(renderConsole(summary, { isColoured, columns: process.stdout.columns }));
  process.stdout.write(`\nReport: ${path.relative(process.cwd(), path.join(folder, 'index.html'))}\n`);
}
