import { readFileSync } from 'node:fs';
import { pageHead } from '../../../report/html/head.ts';
import { markup, type Markup } from '../../../report/html/markup.ts';
import { admit, type Admitted } from '../admit.ts';
import type { Study } from '../study.ts';
import { headline } from '../words/headline.ts';
import { commands } from '../words/method.ts';
import { advice } from './advice.ts';
import { concurrency } from './concurrency.ts';
import { cpu } from './cpu.ts';
import { direct } from './direct.ts';
import { fanOut } from './fan-out.ts';
import { frozen } from './frozen.ts';
import { hero } from './hero.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { method } from './method.ts';
import { service } from './service.ts';
import { nodeVersions } from './node-versions.ts';
import { ownership } from './ownership.ts';
import { section, sectionMarkup, type Section } from './parts.ts';
import { statements } from './statements.ts';
import { timelines } from './timelines.ts';

const REPORT = '../../../report/html';
const style = [
  ...['tokens', 'page', 'hero'].map((name) => `${REPORT}/${name}.css`),
  ...['subjects', 'study', 'figures', 'ratios', 'tables', 'study-print'].map((name) => `./${name}.css`),
]
  .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8').trim())
  .join('\n');
// Nothing runs and nothing is fetched, whatever a record may have smuggled in.
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

/** The study as one page that needs no network, no other file and no script. The same study gives the same bytes. */
export function renderStudyPage(study: Study): string {
  const admitted = admit(study);
  const sections = sectionsOf(admitted);
  const links = sections.map(({ id, short }) => markup`<a href="#${id}">${short}</a>`);
  return markup`<!doctype html>
<html lang="en">
<head>
${pageHead({ title: headline(admitted).sentence, policy: POLICY, style })}
</head>
<body>
<a class="skip" href="#${sections[1]?.id ?? 'method'}">Skip to the numbers</a>
<header class="top"><p>Duet <span class="quiet">study of two backends and a floor</span></p></header>
<main>
${hero(admitted)}
<nav class="sections" aria-label="Sections">${links}</nav>
${sections.map(sectionMarkup)}
</main>
</body>
</html>
`.html;
}

function sectionsOf(study: Admitted): Section[] {
  if (study.header.profile === 'load') return [method, service, repeat].flatMap((one) => one(study) ?? []);
  const all = [method, cpu, direct, latency, concurrency, statements, memory, fanOut, timelines, frozen, nodeVersions];
  return [...all, ownership, advice, repeat].flatMap((one) => one(study) ?? []);
}

function repeat(study: Admitted): Section | null {
  const items = commands(study).map(
    ({ command, about }) => markup`<li><pre class="command">${command}</pre><span class="quiet">${about}</span></li>`,
  );
  return section('repeat', 'How to repeat it', 'Repeat', repeated(items));
}

function repeated(items: Markup[]): Markup {
  return markup`<ul class="commands">${items}</ul>`;
}
