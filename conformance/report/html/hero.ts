import { SYMBOLS } from '../outcome.ts';
import type { Outcome, Profile, Verdict } from '../records.ts';
import type { Summary, Target } from '../summarise.ts';
import { count, duration, number } from '../text.ts';
import { headline } from '../verdict.ts';
import { markup, type Markup } from './markup.ts';
import { outcomeClass, symbol } from './outcomes.ts';

const PROFILES: Profile[] = ['core', 'clock', 'launcher'];
const VERDICT_OUTCOMES: Record<Verdict, Outcome> = {
  conformant: 'pass',
  'not conformant': 'fail',
  'could not judge': 'error',
};

/** The run in a sentence, and a card with the verdict on each target. */
export function hero(summary: Summary): Markup {
  const { run, end, rows, targets } = summary;
  const facts = [`Contract ${run.contractVersion}`, count(rows.length, 'rule'), day(run.startedAt), duration(end.ms)];
  return markup`<section class="hero" aria-labelledby="headline">
<h1 id="headline">${unbroken(headline(summary))}</h1>
<p class="lede">${facts.join(' · ')}</p>
<div class="cards">${targets.map(card)}</div>
</section>`;
}

/** `backend-a` must not break after its hyphen in a headline. */
function unbroken(text: string): string {
  return text.replaceAll('-', '\u2011');
}

function card(target: Target): Markup {
  const { name, meta, verdict } = target;
  const outcome = VERDICT_OUTCOMES[verdict.verdict];
  const said = verdict.verdict[0]?.toUpperCase() + verdict.verdict.slice(1);
  const reason = verdict.reason ? markup`<p class="reason">${verdict.reason}</p>` : null;
  return markup`<article class="card ${outcomeClass(outcome)}">
<h2><bdi>${name}</bdi></h2>
<p class="stack">${[meta.framework, meta.orm, meta.runtime].join(' · ')}</p>
<p class="verdict">${symbol(outcome)} ${said}</p>
${reason}
${tally(target)}
<p class="judged"><strong>${number(verdict.judged)}</strong> answers judged in ${duration(verdict.ms)}</p>
<ul class="profiles" aria-label="Profiles">${PROFILES.map((profile) => profileTag(profile, verdict.profiles))}</ul>
</article>`;
}

function profileTag(profile: Profile, present: readonly Profile[]): Markup {
  if (present.includes(profile)) return markup`<li>${profile}</li>`;
  return markup`<li class="absent">${profile}: not judged</li>`;
}

function tally({ verdict }: Target): Markup {
  const counts: [Outcome, number, string][] = [
    ['pass', verdict.passed, 'passed'],
    ['fail', verdict.failed, 'failed'],
    ['error', verdict.errors, verdict.errors === 1 ? 'error' : 'errors'],
    ['warn', verdict.warned, verdict.warned === 1 ? 'warning' : 'warnings'],
    ['known failure', verdict.known ?? 0, verdict.known === 1 ? 'known failure' : 'known failures'],
    ['flaky', verdict.flaky ?? 0, 'flaky'],
    ['not tested', verdict.notTested, 'not tested'],
  ];
  const shown = counts.filter(([, value]) => value > 0);
  const bars = shown.map(
    ([outcome, value]) => markup`<span class="${outcomeClass(outcome)}" style="flex-grow:${value}"></span>`,
  );
  const words = shown.map(
    ([outcome, value, word]) =>
      markup`<li><span class="symbol ${outcomeClass(outcome)}" aria-hidden="true">${SYMBOLS[outcome]}</span> <strong>${value}</strong> ${word}</li>`,
  );
  return markup`<div class="tally-bar" aria-hidden="true">${bars}</div><ul class="tally">${words}</ul>`;
}

function day(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(date)} UTC`;
}
