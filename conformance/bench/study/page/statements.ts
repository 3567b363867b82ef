import { markup, type Markup } from '../../../report/html/markup.ts';
import type { Admitted } from '../admit.ts';
import type { ScenarioName } from '../records.ts';
import type { StatementUse } from '../study.ts';
import { milliseconds, ratio } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { legend } from './legend.ts';
import { partOr, section, type Section } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';
import { linearScale, type Scale } from './plot/scale.ts';
import { barStrip } from './plot/strip.ts';

/** What each asks of the database for one request, and the SQL it asks it with. */
export function statements(study: Admitted): Section | null {
  const body = partOr(study, 'statements', () => {
    const scale = linearScale(study.statements.map((one) => one.statements));
    const names = new Set(study.statements.map(({ subject }) => subject));
    const scenarios = study.header.scenarios.filter((name) => study.statements.some((one) => one.scenario === name));
    return markup`<p class="lead">What one request costs the database: how many statements it sends and how long the database works on them, by its own count.</p>
${legend(study, [...names])}
<figure><div class="plot panels wide">${scenarios.map((scenario) => group(study, scenario, scale))}</div>
<figcaption>Statements a request (bar and first number) and database time a request (second number); less is better.</figcaption>
${scenarios.map((scenario) => sqlBeside(study, scenario))}</figure>`;
  });
  return section('statements', 'Statements and database time', 'Statements', body);
}

function group(study: Admitted, scenario: ScenarioName, scale: Scale): Markup {
  const uses = study.statements.filter((one) => one.scenario === scenario);
  const rows = uses.map((use) => {
    const look = lookOf(study, use.subject);
    const title = `${use.subject}, ${scenarioName(scenario)}: ${ratio(use.statements)} statements, ${milliseconds(use.databaseMs)} of database time a request`;
    const whole = { estimate: use.statements, low: use.statements, high: use.statements };
    return markup`<li class="bar-row is-tight">${named(look)}${barStrip(scale, look, whole, title)}<span class="bar-value"><strong>${trimmed(use.statements)}</strong></span><span class="bar-value">${milliseconds(use.databaseMs)}</span></li>`;
  });
  return markup`<div class="panel"><h3>${scenarioName(scenario)}</h3><ul>${rows}</ul></div>`;
}

function sqlBeside(study: Admitted, scenario: ScenarioName): Markup {
  const uses = study.statements.filter((one) => one.scenario === scenario);
  const columns = uses.map(
    ({ subject, texts }) =>
      markup`<div class="sql"><h4>${named(lookOf(study, subject))}</h4><ol>${texts.map(statement)}</ol></div>`,
  );
  return markup`<details class="texts"><summary>The SQL of ${scenarioName(scenario)}</summary><div class="sqls">${columns}</div></details>`;
}

function statement({ text, calls }: StatementUse['texts'][number]): Markup {
  return markup`<li><span class="quiet">${trimmed(calls)} a request</span><pre>${text}</pre></li>`;
}

function trimmed(value: number): string {
  return Number.isInteger(value) ? String(value) : ratio(value);
}
