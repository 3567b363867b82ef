import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderConsole } from './console.ts';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { summarise } from './summarise.ts';

const summary = summarise(fixtureRecords(), fixtureCatalogue);
const plain = renderConsole(summary, { isColoured: false });
const lines = plain.split('\n');

describe('the table', () => {
  test('has a row a rule and a column a target', () => {
    expect(lines.find((line) => line.startsWith('  http '))).toMatch(/^ {2}http +backend-a {5}backend-b$/u);
    expect(lines.find((line) => line.includes('no-overlap  '))).toBe(
      '  no-overlap           Nobody is booked twice at a time                 ✓ 1.5 s       ✗ fail',
    );
    expect(lines.find((line) => line.includes('  drain '))).toMatch(/✓ 1\.8 s {7}○ not tested$/u);
    expect(lines.find((line) => line.includes('  calendar '))).toMatch(/◆ error$/u);
    expect(lines.find((line) => line.includes('  equal-work '))).toMatch(/▲ warn {8}▲ warn$/u);
  });

  test('fits into 100 columns, and into 60 without titles', () => {
    const widest = (text: string) =>
      Math.max(...text.split('\n').map((line) => (/^ +curl|\\u001b/u.test(line) ? 0 : [...line].length)));
    expect(widest(plain.split('  What went wrong')[0] ?? '')).toBeLessThanOrEqual(100);
    const narrow = renderConsole(summary, { isColoured: false, columns: 60 }).split('  Not tested')[0] ?? '';
    expect(widest(narrow)).toBeLessThanOrEqual(60);
    expect(narrow).not.toContain('Nobody is booked twice');
    expect(narrow).toContain('no-overlap');
  });
});

test('says what differs, and counts what was only not tested alike', () => {
  expect(plain).toContain(
    `  What differs (4 rules)

  http/validation-names-every-error
    backend-a  ✓ passes
    backend-b  ✗ The answer was 201 where 409 slot-taken was expected.
`,
  );
  expect(plain).toContain('  6 more rules were not tested alike on all targets: see above');
  expect(plain).toContain('  ○ 7 rules on backend-b: the target has no conformance clock (clock profile)');
});

test('shows a failure in words with a curl line', () => {
  expect(plain).toContain(
    `  ✗ appointments/no-overlap on backend-b
    Nobody is booked twice at a time, with 409 \`slot-taken\` on every replica, whoever asks and in
    whatever order requests arrive.
    refuses a booking inside another of the same doctor
      The answer was 201 where 409 slot-taken was expected.
      expected  409 slot-taken
      actual    201 {"id":"0b7c9f2e-6a54-4c1f-9a55-8f4dcbb7f0a1","status":"scheduled"}
      curl -isS http://127.0.0.1:4002/v1/appointments -H 'authorization: Bearer '"$TOKEN"`,
  );
  expect(plain).toContain(
    '    214 answers of createAppointment, first in “gives both sides one order” (messages/order)',
  );
  expect(plain).toContain('      expected  "e\\u0301"\n      actual    "\\u00e9"');
});

test('ends with a verdict line for each target', () => {
  expect(plain.trimEnd().split('\n').slice(-3)).toEqual([
    '  backend-a  not conformant (judged: core, clock, launcher) · 1 rule failed · 87 rules passed · 1 warning · 1 not tested · 5,312 answers judged',
    '  backend-b  not conformant (judged: core) · 3 rules failed · 1 error · 77 rules passed · 2 warnings · 7 not tested · 5,312 answers judged',
    '  in 3 min 05 s, seed 20310201',
  ]);
});

test('lets nothing of a target reach the terminal but text', () => {
  expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  expect(plain).toContain('\\u001b[31mred\\u0007 \\u202egnp.exe');
});

test('says the same with colours', () => {
  const coloured = renderConsole(summary, { isColoured: true });
  expect(coloured).toContain('\u001b[31m✗ fail\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

test('is short when all is well', () => {
  const good = renderConsole(summarise(conformantRecords(), fixtureCatalogue), { isColoured: false });
  expect(good).not.toMatch(/What differs|went wrong|Not tested/u);
  expect(good).toContain('  backend-a  conformant: core, clock, launcher · 90 rules passed · 5,312 answers judged');
});
