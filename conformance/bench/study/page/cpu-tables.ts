import { markup, type Markup } from '../../../report/html/markup.ts';
import { isInvalid, whyNoNumber, type Admitted } from '../admit.ts';
import type { Comparison, Interval, Metric } from '../study.ts';
import { METRICS, verdictShort } from '../words/comparisons.ts';
import { milliseconds, significant, span, times } from '../words/figures.ts';
import { comparisonsOf, type Pair } from '../words/pairs.ts';
import { scenarioName } from '../words/scenarios.ts';
import { numbers, refused, type Row } from './parts.ts';

const ALL: Metric[] = ['server-cpu', 'all-cpu', 'requests-per-second', 'p99'];

/** Every ratio of a kind with its interval, p value and verdict. */
export function ratioTable(study: Admitted, pair: Pair): Markup | null {
  const rows = ALL.flatMap((metric) => comparisonsOf(study, pair, metric).map(ratioRow));
  if (rows.length === 0) return null;
  const head = ['Scenario', 'What', 'Subject', 'Beside', 'Ratio', '95 %', 'Adjusted p', 'Verdict'];
  return numbers('Ratios with intervals, adjusted p values and verdicts', head, rows, 'The ratios as numbers');
}

function ratioRow(one: Comparison): Row {
  const { scenario, metric, subject, base, ratio, adjustedP, reason } = one;
  const verdict = reason ? `${verdictShort(one)}: ${reason}` : verdictShort(one);
  return [
    scenarioName(scenario),
    METRICS[metric].name,
    subject,
    base,
    times(ratio.estimate),
    span(ratio),
    probability(adjustedP),
    verdict,
  ];
}

function probability(value: number): string {
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

/** What the ratios are ratios of. */
export function costTable(study: Admitted): Markup | null {
  if (study.costs.length === 0) return null;
  const rows = study.header.scenarios.flatMap((scenario) =>
    study.costs
      .filter((one) => one.scenario === scenario)
      .map(({ subject, cell }): Row => {
        const why = whyNoNumber(study, scenario, subject);
        const first = [scenarioName(scenario), subject];
        if (isInvalid(cell) || why) return [...first, refused(why ?? 'invalid'), '', '', ''];
        const { serverCpuMs, databaseCpuMs, requestsPerSecond, p99 } = cell;
        const ms = [serverCpuMs, databaseCpuMs].map((value) => withSpan(value, milliseconds));
        return [...first, ...ms, withSpan(requestsPerSecond, significant), withSpan(p99, milliseconds)];
      }),
  );
  const head = ['Scenario', 'Subject', 'Server CPU a request', 'Database CPU a request', 'Requests/s', 'p99'];
  return numbers('CPU time a request, requests a second and p99', head, rows, 'What they are ratios of');
}

/** An estimate and, quieter, its interval. */
export function withSpan(value: Interval, format: (value: number) => string): Markup {
  return markup`${format(value.estimate)} <span class="quiet">${span(value, format)}</span>`;
}
