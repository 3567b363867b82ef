import { markup, type Markup } from '../../../report/html/markup.ts';
import type { Admitted } from '../admit.ts';
import { meaning, refusal, subjectOf } from '../words/subjects.ts';
import { refused } from './parts.ts';
import { key, lookOf } from './plot/marks.ts';

/** The marks of some subjects and what they stand for; also of those that have no numbers, with the reason. */
export function legend(study: Admitted, names: readonly string[], extra: readonly Markup[] = []): Markup {
  const shown = study.header.subjects.filter(({ name }) => names.includes(name) || refusal(study, name) !== null);
  const items = shown.map(({ name }) => {
    const subject = subjectOf(study, name);
    const why = refusal(study, name);
    const words = why ? refused(why) : subject ? markup`<span class="quiet">${meaning(study, subject)}</span>` : null;
    return markup`<li>${key(lookOf(study, name))} <bdi>${name}</bdi> ${words}</li>`;
  });
  return markup`<ul class="legend">${items}${extra}</ul>`;
}
