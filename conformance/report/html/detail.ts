import { quantity } from '../measured.ts';
import type { Measurement, TestRecord } from '../records.ts';
import type { Cell, Row } from '../summarise.ts';
import { count, duration, listed } from '../text.ts';
import { findings } from './findings.ts';
import { markup, sentence, type Markup } from './markup.ts';
import { spokenSymbol, symbol } from './outcomes.ts';

/** What stands behind a row: the rule's sentence and, for each target, its tests, measurements and failures. */
export function detail(row: Row): Markup {
  const text = row.sentence ? markup`<p class="sentence">${sentence(row.sentence)}</p>` : null;
  const cells = row.cells.filter(({ outcome }) => outcome !== 'left out').map(targetDetail);
  return markup`${text}<p class="about">${about(row)}</p>${leftOut(row)}<div class="targets">${cells}</div>`;
}

/** Whom the rule is not asked of, a line for each reason. */
function leftOut({ cells }: Row): Markup {
  const reasons = Map.groupBy(
    cells.filter(({ outcome }) => outcome === 'left out'),
    ({ reason }) => reason ?? '',
  );
  const lines = [...reasons].map(
    ([reason, group]) =>
      markup`<p class="about">${symbol('left out')} <bdi>${listed(group.map(({ target }) => target))}</bdi>: ${reason}</p>`,
  );
  return markup`${lines}`;
}

function about({ level, profile, alsoNeeds, operations, problems }: Row): Markup {
  const needs = alsoNeeds.length > 0 ? `, some of its tests also ${listed(alsoNeeds)}` : '';
  const parts = [markup`${level} · needs ${profile}${needs}`];
  if (operations.length > 0) parts.push(markup`<span>operations: ${codes(operations)}</span>`);
  if (problems.length > 0) parts.push(markup`<span>problems: ${codes(problems)}</span>`);
  return markup`${parts.flatMap((part, index) => (index > 0 ? [' · ', part] : [part]))}`;
}

function codes(words: readonly string[]): Markup {
  return markup`${words.flatMap((word, index) => [index > 0 ? ', ' : '', markup`<code>${word}</code>`])}`;
}

function targetDetail(cell: Cell): Markup {
  const reason = cell.reason ? markup`<p class="reason">${cell.reason}</p>` : null;
  const tests = cell.tests.length > 0 ? markup`<ul class="tests">${cell.tests.map(testLine)}</ul>` : null;
  const measured = cell.measurements.map(measurementLine);
  const list = measured.length > 0 ? markup`<ul class="measured-list">${measured}</ul>` : null;
  return markup`<section class="target-detail"><h4><bdi>${cell.target}</bdi> ${symbol(cell.outcome)} <span class="quiet">${cell.outcome}</span></h4>${reason}${tests}${list}${findings(cell.findings)}</section>`;
}

function testLine({ outcome, title, ms, requests }: TestRecord): Markup {
  const cost = outcome === 'not tested' ? '' : `${duration(ms)}, ${count(requests, 'answer')}`;
  return markup`<li>${spokenSymbol(outcome)} <span dir="auto">${title}</span> <span class="quiet">${cost}</span></li>`;
}

function measurementLine({ name, value, unit, bound }: Measurement): Markup {
  const isOver = bound !== undefined && value > bound;
  const limit = bound === undefined ? '' : ` (bound ${quantity(bound, unit)}${isOver ? ', exceeded' : ''})`;
  return markup`<li><span dir="auto">${name}</span>: <strong>${quantity(value, unit)}</strong><span class="quiet">${limit}</span></li>`;
}
