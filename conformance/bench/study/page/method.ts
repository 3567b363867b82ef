import { markup, type Markup } from '../../../report/html/markup.ts';
import { count, number } from '../../../report/text.ts';
import type { Admitted } from '../admit.ts';
import type { Invariant } from '../records.ts';
import { fingerprint, method as methodWords } from '../words/method.ts';
import { scenarioName } from '../words/scenarios.ts';
import { judgedSubject, verdictWords } from '../words/subjects.ts';
import { absences } from '../words/parts.ts';
import { numbers, refused, section, table, type Row, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';

/** How it was measured, on what, and whether the work that was measured was right. */
export function method(study: Admitted): Section | null {
  const items = fingerprint(study).map(([label, value]) => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`);
  const body = markup`<p class="prose">${methodWords(study)}</p>
<dl class="facts">${items}</dl>
${verdicts(study)}
${invariants(study.invariants)}`;
  return section('method', 'How it was measured', 'Method', body);
}

function verdicts(study: Admitted): Markup {
  const rows = study.verdicts.map((verdict): Row => {
    const { product, outcome, rules } = verdict;
    const name = named(lookOf(study, judgedSubject(study, verdict)?.name ?? product));
    const isKept = outcome === 'conformant';
    const words = isKept ? markup`<span class="is-pass symbol">✓</span> conformant` : refused(verdictWords(verdict));
    return [name, words, number(rules)];
  });
  const head = ['Subject', 'Verdict of the suite', 'Rules'];
  return markup`<h3>Who may be compared</h3>
<p class="quiet">The conformance suite judged each of them; of one that breaks a MUST rule no number is printed.</p>
${table('Verdicts of the conformance suite', head, rows)}`;
}

function invariants(all: readonly Invariant[]): Markup | null {
  if (all.length === 0) return null;
  const broken = all.filter(({ expected, found }) => expected !== found);
  const rows = all.map(({ sentence, scenario, subject, block, expected, found }): Row => [
    sentence,
    scenarioName(scenario),
    subject,
    String(block),
    number(expected),
    expected === found ? number(found) : refused(number(found)),
  ]);
  const words =
    broken.length === 0
      ? `After the load the data was read back: all ${count(all.length, 'invariant')} held.`
      : `After the load the data was read back: ${broken.length} of ${count(all.length, 'invariant')} did not hold (${broken.map(({ subject, sentence }) => `${subject}: ${sentence}`).join('; ')}).`;
  const head = ['What must hold', 'Scenario', 'Subject', 'Block', 'Expected', 'Found'];
  return markup`<p>${broken.length === 0 ? words : refused(words)}</p>${numbers('Invariants of the data after the load', head, rows)}`;
}

/** What is missing, a line a reason. */
export function missing(study: Admitted): Markup | null {
  const lines = absences(study).map(
    ({ reason, parts }) => markup`<p>Not measured: ${parts.join(', ')} <span class="quiet">(${reason})</span>.</p>`,
  );
  return lines.length > 0 ? markup`<div class="missing">${lines}</div>` : null;
}
