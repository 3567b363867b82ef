import { SYMBOLS } from '../outcome.ts';
import type { Outcome } from '../records.ts';
import { markup, type Markup } from './markup.ts';

/** The class that gives an outcome its colour. */
export function outcomeClass(outcome: Outcome): string {
  return `is-${outcome.replace(' ', '-')}`;
}

/** The symbol in its colour; the word beside it says the same. */
export function symbol(outcome: Outcome): Markup {
  return markup`<span class="symbol ${outcomeClass(outcome)}" aria-hidden="true">${SYMBOLS[outcome]}</span>`;
}

/** The symbol with the word for those who do not see it. */
export function spokenSymbol(outcome: Outcome): Markup {
  return markup`${symbol(outcome)}<span class="spoken">${outcome}</span>`;
}

/** A rule's anchor on the page. */
export function anchorOf(rule: string): string {
  return `rule-${rule.replaceAll('/', '--')}`;
}
