import { describe, expect, test } from 'vitest';
import { analyse } from './analyse.ts';
import { parseBundle, type Bundle } from './bundle.ts';
import { renderStudyConsole } from './console.ts';
import type { Header, Slice, StudyRecord } from './records.ts';

const subject = { series: null, node: 'v24.21.0' } as const;
const header: Header = {
  kind: 'header',
  format: 1,
  profile: 'quick',
  seed: 7,
  startedAt: '2026-11-27T08:00:00.000Z',
  commit: 'c193689',
  isClean: true,
  machine: { processor: 'one', cores: 2, memoryBytes: 4e9, kernel: 'Linux 6', system: 'Debian' },
  versions: { node: 'v24.21.0' },
  subjects: [
    { ...subject, name: 'floor', product: 'floor', role: 'floor' },
    { ...subject, name: 'backend-a', product: 'backend-a', role: 'measured', series: 'statements' },
    { ...subject, name: 'backend-b', product: 'backend-b', role: 'measured', series: 'statements' },
    { ...subject, name: 'floor again', product: 'floor', role: 'control' },
  ],
  scenarios: ['point-read'],
  design: { blocks: 3, repetitions: 4, burstMs: 50, rounds: 10, connections: 4 },
};
const conformant = (['floor', 'backend-a', 'backend-b'] as const).map((product): StudyRecord => {
  const series = product === 'floor' ? null : 'statements';
  return { kind: 'verdict', product, series, node: subject.node, outcome: 'conformant', failed: [], rules: 70 };
});

/** CPU milliseconds a request, the same in every slice but for what the block and the repetition add to all subjects. */
function slices(costs: Record<string, number>, change: (slice: Slice) => Partial<Slice> = () => ({})): Slice[] {
  return [1, 2, 3].flatMap((block) =>
    [1, 2, 3, 4].flatMap((repetition) =>
      Object.entries(costs).map(([name, cost]) => {
        const drift = 1 + block / 10 + repetition / 100;
        const slice: Slice = {
          kind: 'slice',
          scenario: 'point-read',
          block,
          repetition,
          subject: name,
          durationMs: 1000,
          requests: 500,
          failures: 0,
          compared: 5,
          mismatches: 0,
          cpu: { server: cost * 500 * drift, database: 100, generator: 200 },
          latency: { p50: 1, p90: 2, p99: 3, max: 4 },
        };
        return { ...slice, ...change(slice) };
      }),
    ),
  );
}

const bundle = (records: StudyRecord[]): Bundle => [header, ...conformant, ...records];
const costs = { floor: 0.5, 'backend-a': 1, 'backend-b': 0.8, 'floor again': 0.5 };
const shown = (records: Bundle): string => renderStudyConsole(analyse(records), { isColoured: false });

describe('a study', () => {
  test('sees through what changes for all subjects alike', () => {
    const { comparisons, spreads } = analyse(bundle(slices(costs)));
    const cpu = comparisons.filter(({ metric }) => metric === 'server-cpu');
    expect(cpu.map((one) => [one.subject, one.base, one.ratio.estimate.toFixed(3), one.verdict])).toEqual([
      ['backend-a', 'floor', '2.000', 'slower'],
      ['backend-b', 'floor', '1.600', 'slower'],
      ['backend-b', 'backend-a', '0.800', 'faster'],
    ]);
    expect(spreads[0]?.ratio.estimate.toFixed(3)).toBe('1.000');
  });

  test('has no number for a cell with an answer that differed', () => {
    const spoilt = slices(costs, ({ subject: name, block, repetition }) =>
      name === 'backend-a' && block === 2 && repetition === 3 ? { mismatches: 1 } : {},
    );
    const study = analyse(bundle(spoilt));
    expect(study.costs.find((cost) => cost.subject === 'backend-a')?.cell).toEqual({
      invalid: '1 of the answers that were compared in full differed',
    });
    expect(study.comparisons.filter((one) => [one.subject, one.base].includes('backend-a'))).toEqual([]);
  });

  test('calls nothing after fewer than three process starts', () => {
    const few = bundle(slices(costs));
    few[0] = { ...header, design: { ...header.design, blocks: 2 } };
    expect(new Set(analyse(few).comparisons.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
    expect(shown(few)).toContain('fewer than three process starts');
  });

  test('rejects a floor that costs more than a backend', () => {
    const text = shown(bundle(slices({ ...costs, floor: 0.9, 'floor again': 0.9 })));
    expect(text).toContain('rejected as a floor: backend-b costs 0.89 of it');
    expect(text).not.toContain('11 % less');
  });

  test('tells no number of a server that breaks a MUST rule', () => {
    const records = bundle(slices(costs)).map((record) =>
      record.kind === 'verdict' && record.product === 'backend-a'
        ? { ...record, outcome: 'not conformant' as const, failed: ['http/ids'] }
        : record,
    );
    const text = shown(records as Bundle);
    expect(text).toContain('http/ids');
    expect(text).not.toMatch(/backend-a +[0-9]/);
    expect(text).not.toContain('less server CPU');
    expect(text).toMatch(/backend-b +0\.\d+/);
  });

  test('is told in a table and a sentence', () => {
    const text = shown(
      bundle([...slices(costs), { kind: 'footer', records: 53, endedAt: '2026-11-27T08:05:00.000Z' }]),
    );
    expect(text).toContain('On point reads, backend-b spends 20\u00a0% less server CPU a request than backend-a');
    expect(text).toMatch(/backend-a +1\.2\d .* 2\.00 {2}\(2\.00–2\.00\) +2\.00 times as much/);
  });
});

describe('a bundle', () => {
  const lines = (records: StudyRecord[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

  test('is read as it was written', () => {
    expect(parseBundle(lines(bundle([])), 'x')).toEqual(bundle([]));
  });

  test('that is none, damaged or of another format is refused in one line', () => {
    expect(() => parseBundle('<html>', 'page.html')).toThrow('page.html, line 1: no record of a study');
    expect(() => parseBundle(lines(conformant), 'x')).toThrow('x is no study: its first line is no header');
    expect(() => parseBundle(lines([{ ...header, format: 2 as 1 }]), 'x')).toThrow(
      'x has format 2, this command reads 1',
    );
    const cut = lines(bundle([{ kind: 'footer', records: 9, endedAt: '' }]));
    expect(() => parseBundle(cut, 'x')).toThrow('x has 5 records where its footer counts 9: it was changed');
  });
});
