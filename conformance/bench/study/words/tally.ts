import type { ScenarioName } from '../records.ts';
import type { Comparison } from '../study.ts';
import { METRICS, wonBy } from './comparisons.ts';
import { scenariosListed } from './scenarios.ts';

/** Some comparisons of the same metric in one sentence, by who does better: `backend-a spends less on bookings; …`. */
export function tally(comparisons: readonly Comparison[]): string {
  const [first] = comparisons;
  if (!first) return '';
  const { name, better } = METRICS[first.metric];
  const groups = Map.groupBy(comparisons, (one) => wonBy(one)?.subject ?? one.verdict);
  const where = (key: string) => scenariosListed((groups.get(key) ?? []).map(({ scenario }) => scenario));
  const names = [...groups.keys()].filter((key) => key !== 'equivalent' && key !== 'inconclusive');
  const verb = first.metric === 'requests-per-second' ? 'answers' : 'spends';
  const parts = names.map((key, index) =>
    index === 0 ? `${key} ${verb} ${better} ${name} on ${where(key)}` : `${key} on ${where(key)}`,
  );
  if (groups.has('equivalent')) parts.push(`the same within 3\u00a0% on ${where('equivalent')}`);
  if (groups.has('inconclusive')) parts.push(`not told apart on ${where('inconclusive')}`);
  return `${parts.join('; ')}.`;
}

/** `backend-a beside the floor: more on bookings; the same within 3 % on lists.` */
export function besideFloor(name: string, comparisons: readonly Comparison[]): string {
  const own = comparisons.filter(({ subject }) => subject === name);
  const words: [Comparison['verdict'], string][] = [
    ['slower', 'more'],
    ['faster', 'less'],
    ['equivalent', 'the same within 3\u00a0%'],
    ['inconclusive', 'not told apart'],
  ];
  const parts = words.flatMap(([verdict, said]) => {
    const scenarios: ScenarioName[] = own.filter((one) => one.verdict === verdict).map(({ scenario }) => scenario);
    return scenarios.length > 0 ? [`${said} on ${scenariosListed(scenarios)}`] : [];
  });
  return parts.length > 0 ? `${name} beside the floor: ${parts.join('; ')}.` : '';
}
