import type { Difference, Side } from '../differences.ts';
import { sidesOf } from '../differences.ts';
import { isWrong, outcomeOf } from '../known.ts';
import type { Row, Summary } from '../summarise.ts';
import { clip, count, listed } from '../text.ts';
import { untested } from '../untested.ts';
import { markup, type Markup } from './markup.ts';
import { anchorOf, spokenSymbol, symbol } from './outcomes.ts';

const WORDS_LENGTH = 280;
const RULES_NAMED = 6;

/** What a reader should look at: where targets differ, then what is wrong on all of them alike, then what was left out. */
export function troubles(summary: Summary): Markup {
  const told = summary.differences.filter(({ kind }) => kind !== 'coverage');
  const differing = new Set(told.map(({ row }) => row));
  const alike = summary.troubles.filter((row) => !differing.has(row));
  return markup`${differencesSection(summary, told)}${alikeSection(summary, alike)}${knownSection(summary)}${untestedSection(summary)}`;
}

function differencesSection({ targets }: Summary, told: Difference[]): Markup | null {
  if (targets.length < 2) return null;
  const rest = told.map(({ row, sides }) => item(row, sides, true));
  const body =
    told.length === 0
      ? markup`<p class="quiet">Nothing: every rule that was judged on all of them came out the same.</p>`
      : markup`<ul class="troubles">${rest}</ul>`;
  return markup`<section id="differs" aria-labelledby="differs-title"><h2 id="differs-title">What differs ${tag(told.length)}</h2>${body}</section>`;
}

function alikeSection({ targets }: Summary, rows: Row[]): Markup | null {
  if (rows.length === 0) return null;
  const title = targets.length > 1 ? 'What goes wrong alike' : 'What goes wrong';
  const items = rows.map((row) => item(row, sidesOf(row), targets.length > 1));
  return markup`<section id="wrong" aria-labelledby="wrong-title"><h2 id="wrong-title">${title} ${tag(rows.length)}</h2><ul class="troubles">${items}</ul></section>`;
}

function knownSection({ known }: Summary): Markup | null {
  if (known.length === 0) return null;
  const items = known.map((entry) => {
    const outcome = isWrong(entry) ? 'fail' : outcomeOf(entry);
    const facts = `${entry.reason} · ${entry.link} · until ${entry.expires}`;
    return markup`<li><p>${symbol(outcome)} <strong>${entry.rule}</strong> on <bdi>${entry.target}</bdi>: ${entry.why}</p><p class="links">${facts}</p></li>`;
  });
  return markup`<section id="known" aria-labelledby="known-title"><h2 id="known-title">Known failures and flaky rules ${tag(known.length)}</h2><ul class="untested">${items}</ul></section>`;
}

function untestedSection(summary: Summary): Markup | null {
  const groups = untested(summary);
  if (groups.length === 0) return null;
  const items = groups.map(({ reason, targets, rules, isPartial }) => {
    const links = rules.slice(0, RULES_NAMED).flatMap((rule) => [link(rule, rule), markup` `]);
    const more = rules.length > RULES_NAMED ? `and ${rules.length - RULES_NAMED} more` : '';
    return markup`<li><p><strong>${count(rules.length, 'rule')}</strong>${isPartial ? ' in part' : ''} on <bdi>${listed(targets)}</bdi>: ${reason}</p><p class="links">${links}${more}</p></li>`;
  });
  return markup`<section id="untested" aria-labelledby="untested-title"><h2 id="untested-title">What was not tested</h2><ul class="untested">${items}</ul></section>`;
}

function item(row: Row, sides: Side[], isNamed: boolean): Markup {
  const columns = sides.map(
    ({ target, outcome, words }) =>
      markup`<div class="side">${isNamed ? markup`<h4><bdi>${target}</bdi></h4>` : null}<p>${outcome === 'pass' ? symbol(outcome) : spokenSymbol(outcome)} <span dir="auto">${clip(words, WORDS_LENGTH)}</span></p></div>`,
  );
  return markup`<li><h3>${link(row.id, row.title)} <code>${row.id}</code></h3><div class="sides">${columns}</div></li>`;
}

function link(rule: string, text: string): Markup {
  return markup`<a href="#${anchorOf(rule)}">${text}</a>`;
}

function tag(value: number): Markup {
  return markup`<span class="count">${value}</span>`;
}
