import type { Area, Cell, Row, Summary } from '../summarise.ts';
import { count, duration } from '../text.ts';
import { detail } from './detail.ts';
import { markup, type Markup } from './markup.ts';
import { anchorOf, outcomeClass, spokenSymbol, symbol } from './outcomes.ts';

/** Every rule with its outcome on every target; a row opens to show what stands behind it. */
export function matrix(summary: Summary): Markup {
  const { targets, areas, rows } = summary;
  const heads = targets.map(({ name }) => markup`<th scope="col"><bdi>${name}</bdi></th>`);
  const columns = targets.map(() => markup`<col class="target">`);
  return markup`<section id="rules" aria-labelledby="rules-title">
<h2 id="rules-title">Rules <span class="count">${rows.length}</span></h2>
${filters(summary)}
<table class="matrix${targets.length > 2 ? ' many' : ''}">
<caption class="spoken">Rules and their outcomes; each rule's button opens its details</caption>
<colgroup><col>${columns}</colgroup>
<thead><tr><th scope="col">Rule</th>${heads}</tr></thead>
${areas.map((area) => areaBody(area, targets.length + 1))}
</table>
<p class="none-fits" id="none-fits" hidden>No rule fits. <button type="button" id="clear-filters">Show all rules</button></p>
</section>`;
}

function filters({ areas, rows, targets }: Summary): Markup {
  const found = new Set(rows.flatMap(({ cells }) => cells.map(({ outcome }) => outcome)));
  const outcomes = [
    ['trouble', 'Needing a look'],
    ['pass', '✓ pass'],
    ['fail', '✗ fail'],
    ['error', '◆ error'],
    ['warn', '▲ warn'],
    ['not tested', '○ not tested'],
    ...(found.has('known failure') ? [['known failure', '◇ known failure']] : []),
    ...(found.has('flaky') ? [['flaky', '≈ flaky']] : []),
    ...(targets.length > 1 ? [['differs', '≠ differing']] : []),
  ];
  const options = outcomes.map(([value = '', label = '']) => markup`<option value="${value}">${label}</option>`);
  return markup`<form class="filters" role="search" id="filters" hidden>
<label class="find"><span class="spoken">Find a rule</span><input type="search" id="find" placeholder="Find a rule, an operation, a problem code" autocomplete="off" spellcheck="false"></label>
<label><span class="spoken">Area</span><select id="area"><option value="">All areas</option>${areas.map(({ name }) => markup`<option>${name}</option>`)}</select></label>
<label><span class="spoken">Outcome</span><select id="outcome"><option value="">All outcomes</option>${options}</select></label>
<output id="shown" class="shown"></output>
<button type="button" id="open-all">Open all</button>
</form>`;
}

function areaBody({ name, rows }: Area, columns: number): Markup {
  return markup`<tbody data-area="${name}">
<tr class="area"><th scope="rowgroup" colspan="${columns}"><h3>${name}</h3><span>${count(rows.length, 'rule')}</span></th></tr>
${rows.map((row) => ruleRow(row, columns))}
</tbody>
`;
}

function ruleRow(row: Row, columns: number): Markup {
  const id = anchorOf(row.id);
  const level = row.level === 'SHOULD' ? markup` <span class="level">SHOULD</span>` : null;
  return markup`<tr class="rule" id="${id}" data-rule="${row.id}">
<th scope="row"><button type="button" aria-expanded="false" aria-controls="${id}-detail"><span class="title">${row.title}${level}</span> <code>${row.id}</code></button></th>
${row.cells.map(outcomeCell)}
</tr>
<tr class="detail-row"><td colspan="${columns}"><div class="detail" id="${id}-detail" hidden="until-found">${detail(row)}</div></td></tr>
`;
}

function outcomeCell(cell: Cell): Markup {
  if (cell.outcome === 'pass') {
    return markup`<td>${spokenSymbol('pass')} <span class="time">${duration(cell.ms)}</span></td>`;
  }
  if (cell.outcome === 'left out') {
    return markup`<td class="left-out" title="${cell.reason ?? ''}">${spokenSymbol('left out')}</td>`;
  }
  return markup`<td><span class="pill ${outcomeClass(cell.outcome)}">${symbol(cell.outcome)} <span class="word">${cell.outcome}</span></span></td>`;
}
