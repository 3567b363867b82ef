import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { renderAnnotations } from '../../report/annotations.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { Places } from '../../report/places.ts';
import type { Summary } from '../../report/summarise.ts';

type Environment = Record<string, string | undefined>;

/** Adds the run to the step's summary. @returns the annotations for stdout; both only in a workflow of GitHub */
export function tellGitHub(summary: Summary, places: Places, environment: Environment): string {
  if (!isWorkflow(environment)) return '';
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file) appendFileSync(file, renderMarkdown(summary));
  return renderAnnotations(summary, places);
}

/** In a workflow GitHub obeys a line that begins with two colons, also when a server that is judged has written it. */
export function withoutCommands(text: string, environment: Environment): string {
  if (!isWorkflow(environment)) return text;
  const token = randomUUID();
  return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}

function isWorkflow(environment: Environment): boolean {
  return environment['GITHUB_ACTIONS'] === 'true';
}
