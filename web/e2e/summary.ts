import { readFileSync } from 'node:fs';

type Annotation = { type: string; description?: string };
type Result = { status: string; duration: number; annotations?: Annotation[] };
type Spec = { title: string; tests: { projectName: string; results: Result[] }[] };
type Suite = { title: string; specs?: Spec[]; suites?: Suite[] };
type Told = Result & { name: string };

/** How often each way was told and how it went, and the times that were measured on it, in a few lines. */
export function summarise(file: string): string {
  const { suites } = JSON.parse(readFileSync(file, 'utf8')) as { suites: Suite[] };
  const told = suites.flatMap((suite) => resultsIn(suite, []));
  const times = told.flatMap(({ annotations = [] }) => annotations);
  return [
    '',
    'passed  failed   median  longest',
    ...groups(told, ({ name }) => name).map(([name, results]) => lineOf(name, results)),
    '',
    '   times   median  longest',
    ...groups(times, ({ type }) => type).map(([what, all]) => timeLineOf(what, all)),
    '',
  ].join('\n');
}

function groups<Item>(items: Item[], nameOf: (item: Item) => string): [string, Item[]][] {
  return [...Map.groupBy(items, nameOf)].toSorted(([one], [other]) => one.localeCompare(other));
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
  const counts = String(passed).padStart(6) + String(results.length - passed).padStart(8);
  return `${counts}${medianAndLongest(results.map(({ duration }) => duration))}  ${name}`;
}

function timeLineOf(what: string, all: Annotation[]): string {
  const times = all.map(({ description }) => Number(description));
  return `${String(all.length).padStart(8)}${medianAndLongest(times)}  ${what}`;
}

function medianAndLongest(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const seconds = (value = 0): string => `${(value / 1000).toFixed(1)} s`.padStart(9);
  return seconds(sorted[Math.floor(sorted.length / 2)]) + seconds(sorted.at(-1));
}
