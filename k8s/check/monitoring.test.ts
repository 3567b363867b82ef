import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { at, parseManifests } from './manifest.ts';

const MONITORING = path.join(import.meta.dirname, '../base/monitoring');
const RULE = path.join(import.meta.dirname, '../../contract/rules/operations/metrics.md');

const read = (file: string): string => readFileSync(path.join(MONITORING, file), 'utf8');
/** Families of the contract, and those of the operator's own exporter. */
const families = new Set(/^- The families: (.*)$/m.exec(readFileSync(RULE, 'utf8'))?.[1]?.match(/[a-z]+(_[a-z]+)+/g));
const isKnown = (name: string): boolean =>
  name.startsWith('cnpg_') || families.has(name.replace(/_(bucket|count|sum)$/, ''));

type Dashboard = { panels: { id: number; targets: { expr: string }[] }[] };
type Group = { rules: { alert: string; expr: string }[] };

const { panels } = JSON.parse(read('dashboard.json')) as Dashboard;
const groups = parseManifests(read('alerts.yaml')).flatMap((manifest) => at<Group[]>(manifest, 'spec.groups') ?? []);
const expressions = [
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
];

/** What is asked of Prometheus: a name before its labels, its range or the end; no function, no label. */
function metricsOf(expression: string): string[] {
  const withoutTexts = expression.replaceAll(/"[^"]*"/g, '').replaceAll(/\b(by|without) \([^)]*\)/g, '');
  return [...withoutTexts.matchAll(/\b([a-z]+(?:_[a-z]+)+)\b(?!\s*\(|\s*=)/g)].map(([, name = '']) => name);
}

test('the contract names its families of metrics', () => {
  expect(families).toContain('http_request_duration_seconds');
});

test.each(expressions)('%s asks for metrics that there are', (expression) => {
  const names = metricsOf(expression).filter((name) => name !== 'status_class');
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isKnown(name))).toEqual([]);
});

test('every family of the contract is on the dashboard', () => {
  const shown = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsOf(expr))));
  const all = [...shown].map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect([...families].filter((family) => !all.includes(family))).toEqual([]);
});
