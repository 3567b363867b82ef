import { describe, expect, test } from 'vitest';
import { fixtureRecords } from './fixtures/run.ts';
import { startProgress } from './progress.ts';

function show(isTTY: boolean, environment: NodeJS.ProcessEnv = {}) {
  const written: string[] = [];
  let now = 0;
  const stream = { isTTY, columns: 100, write: (text: string) => written.push(text) };
  const progress = startProgress({ stream, environment, now: () => now });
  const pass = (ms: number) => void (now += ms);
  return { progress, written, pass };
}

const records = fixtureRecords().filter(({ type }) => type === 'run' || type === 'test');

describe('on a terminal', () => {
  test('redraws one block', () => {
    const { progress, written, pass } = show(true, { NO_COLOR: '1' });
    for (const record of records.slice(0, 5)) progress.record(record);
    pass(41_000);
    progress.draw();
    expect(written.join('').split('\n')).toEqual([
      '',
      `  ━${'─'.repeat(31)}    2 %  4 of 180 rules · 41.0 s`,
      '  backend-a  ✓ 2  7 answers',
      '  backend-b  ✓ 2  9 answers',
      '  ✓ http/problem on backend-b: holds for every caller',
      '',
    ]);
    written.length = 0;
    progress.draw();
    expect(written[0]).toBe('\u001b[5A\u001b[0J');
    progress.stop();
    expect(written.at(-1)).toBe('\u001b[5A\u001b[0J');
  });

  test('says a failure at once, above the block', () => {
    const { progress, written } = show(true);
    for (const record of records.slice(0, 7)) progress.record(record);
    progress.stop();
    expect(written[0]).toBe(
      '  \u001b[31m✗\u001b[39m http/validation-names-every-error on backend-b: The answer was 201 where 409 slot-taken was expected.\n',
    );
  });

  test('uses no colour when NO_COLOR is set', () => {
    const { progress, written } = show(true, { NO_COLOR: '1' });
    for (const record of records) progress.record(record);
    progress.stop();
    expect(written.join('').replaceAll(/\u001b\[\d+A\u001b\[0J/gu, '')).not.toContain('\u001b');
  });
});

describe('without a terminal', () => {
  test('writes lines', () => {
    const { progress, written, pass } = show(false);
    for (const record of records.slice(0, 5)) progress.record(record);
    pass(5_000);
    progress.draw();
    progress.print('database ready');
    progress.stop();
    expect(written).toEqual([
      '4 of 180 rules · backend-a ✓ 2  7 answers · backend-b ✓ 2  9 answers · 5.0 s\n',
      'database ready\n',
      '4 of 180 rules · backend-a ✓ 2  7 answers · backend-b ✓ 2  9 answers · 5.0 s\n',
    ]);
  });

  test('says nothing before the run is known', () => {
    const { progress, written } = show(false);
    progress.draw();
    progress.stop();
    expect(written).toEqual([]);
  });
});
