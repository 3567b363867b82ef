import { readFileSync } from 'node:fs';

type Result = { status: string; duration: number };
type Spec = { title: string; tests: { projectName: string; results: Result[] }[] };
type Suite = { title: string; specs?: Spec[]; suites?: Suite[] };
type Told = Result & { name: string };

/** How often each way was told and how it went, in a few lines. */
export function summarise(file: string): string {
  const { suites } = JSON.parse(readFileSync(file, 'utf8')) as { suites: Suite[] };
  const told = suites.flatMap((suite) => resultsIn(suite, []));
  const lines = [...Map.groupBy(told, ({ name }) => name)].map(([name, results]) => lineOf(name, results));
  return ['', 'passed  failed   median  longest', ...lines.sort()].join('\n');
}

function resultsIn({ title, specs = [], suites = [] }: Suite, above: string[]): Told[] {
  const way = [...above, title];
  const own = specs.flatMap(({ tests }) =>
    tests.flatMap(({ projectName, results }) =>
      results.map((result) => ({ ...result, name: `${way.slice(1).join(', ')}, ${projectName}` })),
    ),
  );
  return [...own, ...suites.flatMap((suite) => resultsIn(suite, way))];
}

function lineOf(name: string, results: Told[]): string {
  const passed = results.filter(({ status }) => status === 'passed').length;
  const durations = results.map(({ duration }) => duration).sort((one, other) => one - other);
  const seconds = (milliseconds = 0): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(9);
  const counts = String(passed).padStart(6) + String(results.length - passed).padStart(8);
  return `${counts}${seconds(durations[Math.floor(durations.length / 2)])}${seconds(durations.at(-1))}  ${name}`;
}
