import { markup } from '../../../report/html/markup.ts';
import { number } from '../../../report/text.ts';
import { isInvalid, type Admitted } from '../admit.ts';
import { milliseconds, significant } from '../words/figures.ts';
import { scenarioName } from '../words/scenarios.ts';
import { refused, section, table, type Row, type Section } from './parts.ts';

/** How long answers took under a load from several machines. */
export function service({ services }: Admitted): Section | null {
  if (services.length === 0) return null;
  const rows = services.map(({ scenario, subject, runners, ratePerSecond, cell }): Row => {
    const first = [scenarioName(scenario), subject, number(runners), significant(ratePerSecond)];
    if (isInvalid(cell)) return [...first, refused(`invalid: ${cell.invalid}`), '', '', ''];
    return [...first, ...[cell.p50, cell.p90, cell.p99, cell.max].map(milliseconds)];
  });
  const head = ['Scenario', 'Subject', 'Runners', 'Requests/s', 'p50', 'p90', 'p99', 'Most'];
  const body = markup`<p class="lead">Requests leave at a steady rate whatever the answers do, and each is timed from the moment it should have left.</p>
${table('Latency of all runners together', head, rows)}`;
  return section('latency', 'Latency', 'Latency', body);
}
