import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bounds } from './html/bounds.ts';
import { coverage } from './html/coverage.ts';
import { pageData } from './html/data.ts';
import { facts } from './html/facts.ts';
import { hero } from './html/hero.ts';
import { pageHead } from './html/head.ts';
import { markup, safeJson, verbatim, type Markup } from './html/markup.ts';
import { matrix } from './html/matrix.ts';
import { timing } from './html/timing.ts';
import { troubles } from './html/troubles.ts';
import type { Summary } from './summarise.ts';
import { headline } from './verdict.ts';

const script = part('page.js');
const style = [
  'tokens.css',
  'page.css',
  'hero.css',
  'troubles.css',
  'matrix.css',
  'detail.css',
  'charts.css',
  'print.css',
]
  .map(part)
  .join('\n');
const scriptHash = createHash('sha256').update(script).digest('base64');
// Whatever an answer may have smuggled in: nothing but this page's own script runs, and nothing is fetched.
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one page that needs no network and no other file; it can be read without its script.
 * @param study where the study of speed and cost lies, from the page on, when there is one
 */
export function renderHtml(summary: Summary, { study }: { study?: string } = {}): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
${pageHead({ title: headline(summary), policy: POLICY, style })}
<noscript><style>.detail[hidden]{content-visibility:visible;display:block}</style></noscript>
</head>
<body>
<a class="skip" href="#rules">Skip to the rules</a>
<header class="top"><p>Duet <span class="quiet">conformance report</span></p>${studyLink(study)}<button type="button" id="theme" hidden>Dark</button></header>
<main>
${hero(summary)}
${sections(summary)}
${troubles(summary)}
${matrix(summary)}
${bounds(summary)}
${timing(summary)}
${coverage(summary)}
${facts(summary)}
</main>
<script type="application/json" id="report-data">${safeJson(pageData(summary))}</script>
<script>${verbatim(script)}</script>
</body>
</html>
`;
  return page.html;
}

function studyLink(study: string | undefined): Markup | null {
  return study === undefined ? null : markup`<a class="study" href="${study}">Speed and cost</a>`;
}

function sections({ targets, troubles: wrong, differences, measured, timings, coverage: seen }: Summary): Markup {
  const told = new Set(differences.filter(({ kind }) => kind !== 'coverage').map(({ row }) => row));
  const links = [
    targets.length > 1 ? ['differs', 'What differs'] : null,
    wrong.some((row) => !told.has(row)) ? ['wrong', 'What goes wrong'] : null,
    ['rules', 'Rules'],
    measured.length > 0 ? ['measured', 'Bounds'] : null,
    timings.length > 0 ? ['time', 'Time'] : null,
    seen.length > 0 ? ['coverage', 'Coverage'] : null,
    ['run', 'The run'],
  ];
  const shown = links.flatMap((one) => (one ? [markup`<a href="#${one[0] ?? ''}">${one[1] ?? ''}</a>`] : []));
  return markup`<nav class="sections" aria-label="Sections">${shown}</nav>`;
}

function part(name: string): string {
  return readFileSync(new URL(`./html/${name}`, import.meta.url), 'utf8').trim();
}
