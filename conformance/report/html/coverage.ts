import { coverageWords, GAP, isWhole, missingWords } from '../coverage.ts';
import type { Summary } from '../summarise.ts';
import { markup, type Markup } from './markup.ts';
import { spokenSymbol } from './outcomes.ts';

/** What a whole run has seen of the contract at each target, what is missing below it. */
export function coverage({ coverage: records }: Summary): Markup | null {
  if (records.length === 0) return null;
  const items = records.map((record) => {
    const missing = missingWords(record).map((words) => markup`<p class="links">${words}</p>`);
    const symbol = spokenSymbol(isWhole(record) ? 'pass' : 'warn');
    return markup`<li><p>${symbol} <strong><bdi>${record.target}</bdi></strong>: ${coverageWords(record)}</p>${missing}</li>`;
  });
  const gap = records.every(isWhole) ? null : markup`<p class="quiet">${GAP}</p>`;
  return markup`<section id="coverage" aria-labelledby="coverage-title"><h2 id="coverage-title">Coverage</h2>${gap}<ul class="untested">${items}</ul></section>`;
}
