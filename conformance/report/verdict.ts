import type { VerdictRecord } from './records.ts';
import type { Summary, Target } from './summarise.ts';
import { count, listed } from './text.ts';

/** The run in one sentence: `backend-a keeps the contract, backend-b breaks 2 of 84 rules`. */
export function headline({ targets, rows, catalogueSize }: Summary): string {
  const isPartial = rows.length < catalogueSize;
  const contract = isPartial ? `${count(rows.length, 'rule')} of the contract’s ${catalogueSize}` : 'the contract';
  const named = (verdict: string) => targets.filter((target) => target.verdict.verdict === verdict);
  const keep = named('conformant').map(({ name }) => name);
  const unjudged = named('could not judge').map(({ name }) => name);
  const parts: string[] = [];
  if (keep.length > 0) parts.push(`${listed(keep)} ${keep.length > 1 ? 'keep' : 'keeps'} ${contract}`);
  for (const { name, verdict, leftOut = 0 } of named('not conformant')) {
    const asked = count(rows.length - leftOut, 'rule');
    const known = `${name} breaks nothing new of ${asked} (${listedInWords(verdict)})`;
    parts.push(verdict.failed > 0 ? `${name} breaks ${verdict.failed} of ${asked}` : known);
  }
  if (unjudged.length > 0) parts.push(`${listed(unjudged)} could not be judged`);
  return parts.join(', ') || 'Nothing was judged';
}

/** What follows a target's name in its verdict line. */
export function verdictWords({ verdict }: Target): string {
  const counts = countsInWords(verdict);
  if (verdict.verdict === 'could not judge') {
    const reason = `could not judge: ${verdict.reason ?? 'no reason given'}`;
    return verdict.judged > 0 ? [reason, ...counts].join(' · ') : reason;
  }
  const profiles = verdict.profiles.join(', ');
  const said = verdict.verdict === 'conformant' ? `conformant: ${profiles}` : `not conformant (judged: ${profiles})`;
  return [said, ...counts].join(' · ');
}

/** `2 known failures and 1 flaky rule`; nothing without any. */
function listedInWords({ known = 0, flaky = 0 }: VerdictRecord): string {
  return listed([known > 0 ? count(known, 'known failure') : '', flaky > 0 ? count(flaky, 'flaky rule') : ''].filter(Boolean));
}

function countsInWords(verdict: VerdictRecord): string[] {
  const counts = [
    verdict.failed > 0 ? `${count(verdict.failed, 'rule')} failed` : '',
    verdict.errors > 0 ? count(verdict.errors, 'error') : '',
    `${count(verdict.passed, 'rule')} passed`,
    verdict.warned > 0 ? count(verdict.warned, 'warning') : '',
    listedInWords(verdict),
    verdict.notTested > 0 ? `${verdict.notTested} not tested` : '',
    `${count(verdict.judged, 'answer')} judged`,
  ];
  return counts.filter(Boolean);
}
