import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { analyse } from './analyse.ts';
import { readBundle } from './bundle.ts';
import { renderStudyMarkdown } from './markdown.ts';
import { renderStudyPage } from './page/page.ts';
import type { Study } from './study.ts';

/**
 * Makes the page and the Markdown of a bundle; the same bundle gives the same bytes.
 * @returns what they say
 * @throws StartError, one line, for a file that is no bundle
 */
export function writeStudy(bundle: string, folder: string): Study {
  const study = analyse(readBundle(bundle));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'study.html'), renderStudyPage(study));
  writeFileSync(path.join(folder, 'study.md'), renderStudyMarkdown(study));
  return study;
}
