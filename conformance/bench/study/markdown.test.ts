import { describe, expect, test } from 'vitest';
import { renderStudyMarkdown } from './markdown.ts';
import { fullStudy, quickStudy } from './page/fixture.ts';

const full = renderStudyMarkdown(fullStudy()).replaceAll('\u00a0', ' ');

describe('the Markdown', () => {
  test('begins with the sentence and its interval', () => {
    expect(full).toMatch(
      /^# On a mixed day, backend-a spends 17 % less server CPU a request than backend-b\n\n\*\*Ratio 0.83 ×/u,
    );
  });

  test('gives a ratio, its interval and a direction, or why there is none', () => {
    expect(full).toContain(
      '| point read | 0.200 ms | **1.20 ×** (1.16–1.24)<br>20 % more | **6.00 ×** (5.79–6.21)<br>6.00 times as much |',
    );
    expect(full).toContain('not conformant: breaks appointments/no-overlap and events/order');
    expect(full).toContain('invalid: 3 of 1,000 compared answers differed');
    expect(full).toContain('| booking | backend-a orm | 90 % | invalid: 12 requests dropped |  |  |');
    expect(full).not.toMatch(/\| backend-b orm \| (?:\d|ready|loaded)/u);
  });

  test('ties what follows to numbers', () => {
    expect(full).toContain('  - booking: 7.7 % less CPU than backend-a, 0.92 × (95 %: 0.89–0.96)');
  });

  test('is the same bytes for the same study', () => {
    expect(renderStudyMarkdown(fullStudy())).toBe(renderStudyMarkdown(fullStudy()));
  });

  test('tells of a run that did not end, and what a quick one leaves out', () => {
    const quick = renderStudyMarkdown({ ...quickStudy(), footer: null });
    expect(quick).toContain('> **Beware:** This run did not end');
    expect(quick).toContain('Not measured: latency curves, throughput by concurrency');
    expect(quick).not.toContain('## Latency');
    expect(quick).toContain('\nnpm run bench\n');
    expect(full).toContain('\nnpm run bench -- --profile full\n');
  });
});
