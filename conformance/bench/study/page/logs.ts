import { markup, type Markup } from '../../../report/html/markup.ts';
import { number } from '../../../report/text.ts';
import type { Admitted } from '../admit.ts';
import type { ProductName, ScenarioName } from '../records.ts';
import { scenarioName } from '../words/scenarios.ts';
import { table, type Row } from './parts.ts';
import { lookOf, named } from './plot/marks.ts';

type Mode = 'production' | 'dev';

/** What one request leaves in the log. */
export function logs(study: Admitted): Markup | null {
  const modes: Mode[] = ['production', 'dev'];
  const shown = modes.filter((mode) => study.facts.some((one) => one.logs.some((log) => log.mode === mode)));
  if (shown.length === 0) return null;
  const rows = shown.flatMap((mode) =>
    study.header.scenarios.flatMap((scenario): Row[] => {
      const found = study.facts.map(({ product }) => logOf(study, product, mode, scenario));
      if (found.every((log) => !log)) return [];
      const cells = found.map((log) =>
        log ? `${number(log.lines)} ${log.lines === 1 ? 'line' : 'lines'}, ${number(log.bytes)} B` : '–',
      );
      return [[`${scenarioName(scenario)}, ${mode}`, ...cells]];
    }),
  );
  const heads = ['', ...study.facts.map(({ product }) => product)];
  const texts = shown.map((mode) => modeTexts(study, mode));
  return markup`<h3>What one request logs</h3>${table('Log lines and bytes of one request', heads, rows)}${texts}`;
}

function modeTexts(study: Admitted, mode: Mode): Markup {
  const scenario = study.header.scenarios.find((one) =>
    study.facts.some(({ product }) => logOf(study, product, mode, one)),
  );
  const columns = study.facts.flatMap(({ product }) => {
    const log = scenario && logOf(study, product, mode, scenario);
    return log ? [markup`<div class="sql"><h4>${named(lookOf(study, product))}</h4><pre>${log.text}</pre></div>`] : [];
  });
  const about = scenario ? scenarioName(scenario) : '';
  return markup`<details class="texts"><summary>The log of one ${about}, ${mode}</summary><div class="sqls">${columns}</div></details>`;
}

function logOf({ facts }: Admitted, product: ProductName, mode: Mode, scenario: ScenarioName) {
  const found = facts.find((one) => one.product === product);
  return found?.logs.find((log) => log.mode === mode && log.scenario === scenario);
}
