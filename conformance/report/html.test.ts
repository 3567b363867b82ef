import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords, HOSTILE } from './fixtures/run.ts';
import { layOutJson } from './html/json-layout.ts';
import { markup, safeJson, sentence } from './html/markup.ts';
import { renderHtml } from './html.ts';
import { summarise } from './summarise.ts';

const page = renderHtml(summarise(fixtureRecords(), fixtureCatalogue));
const text = page
  .replaceAll(/<(style|script)[^>]*>[^]*?<\/\1>/gu, '')
  .replaceAll(/<[^>]+>/gu, ' ')
  .replaceAll(/\s+/gu, ' ');

/** Fails without printing the page. */
function shows(words: string): void {
  expect(text.includes(words), words).toBe(true);
}

describe('the page', () => {
  test('begins with the verdicts', () => {
    expect(page).toContain('<title>backend-a breaks 1 of 90 rules, backend-b breaks 3 of 90 rules · Duet</title>');
    shows('backend-b Fastify · Prisma · Node.js 24.21.0 ✗ Not conformant');
    shows('✓ 77 passed ✗ 3 failed ◆ 1 error ▲ 2 warnings ○ 7 not tested 5,312 answers judged in 3 min 01 s');
    shows('core clock: not judged launcher: not judged');
  });

  test('names the study that lies beside it, and none where there is none', () => {
    const summary = summarise(fixtureRecords(), fixtureCatalogue);
    expect(renderHtml(summary, { study: 'study.html' })).toContain('<a class="study" href="study.html">Speed and cost</a>');
    expect(page).not.toContain('study.html');
  });

  test('has a row for each rule, with its outcome in a word for each target', () => {
    expect(page.match(/<tr class="rule"/gu)).toHaveLength(90);
    shows('Nobody is booked twice at a time appointments/no-overlap ✓ pass 1.5 s ✗ fail');
  });

  test('shows behind a row its sentence, tests, failures and a curl line', () => {
    shows('MUST · needs core · operations: createAppointment · problems: slot-taken');
    shows('expected 409 slot-taken actual 201 {&quot;id&quot;');
    shows('refuses a booking inside another of the same doctor 1.5 s, 9 answers');
    shows('POST /v1/appointments → 201 14 ms curl -isS http://127.0.0.1:4002/v1/appointments');
  });

  test('says what differs, what was measured, where the time went and what ran', () => {
    shows('What differs 4 Validation names every offending place');
    shows('What goes wrong alike 2 Text comes back as it was sent');
    shows('difference of medians sessions/equal-work ✗ fail 9.4 ms');
    shows('calls/presence 42 : 1');
    shows('Machine AMD EPYC 9554, 8 cores, 32 GiB memory');
    shows('Command npx duet compare --out report');
  });

  test('with one target says nothing of differences', () => {
    const one = renderHtml(summarise(conformantRecords(), fixtureCatalogue));
    expect(one).not.toContain('What differs');
    expect(one).toContain('<h1 id="headline">backend‑a keeps the contract</h1>');
  });

  test('has headings in order and names for its controls', () => {
    expect([...page.matchAll(/<h1/gu)]).toHaveLength(1);
    for (const [input] of page.matchAll(/<label[^>]*>.*?<\/label>/gu)) expect(input).toContain('<span class="spoken">');
    for (const [, id = ''] of page.matchAll(/(?:href="#|aria-controls="|aria-labelledby=")([\w-]+)"/gu)) {
      expect(page).toContain(` id="${id}"`);
    }
  });
});

describe('what a target sent', () => {
  test('is shown as text and never becomes markup', () => {
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x');
    expect(page.match(/<script/gu)).toHaveLength(2);
    expect(page).not.toMatch(/<img/u);
    expect(page).toContain('\\u001b[31mred\\u0007 \\u202egnp.exe שלום 👩🏽‍⚕️ \\ud800');
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/u);
    expect(page.isWellFormed()).toBe(true);
  });

  test('cannot run or fetch anything', () => {
    const script = /<script>([^]*)<\/script>\n<\/body>/u.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`default-src &#39;none&#39;`);
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
    const links = [...page.matchAll(/(?:href|src)="([^"]*)"/gu)].map(([, link]) => link);
    expect(links.filter((link) => !link?.startsWith('#'))).toEqual(['data:,']);
    expect(page).not.toMatch(/@import|url\(/u);
  });

  test('is cut when it is very long', () => {
    expect(page).toContain('… 40,008 more characters');
    expect(page.length).toBeLessThan(600_000);
  });
});

describe('the embedded data', () => {
  test('can be read by a program', () => {
    const json = /id="report-data">([^]*?)<\/script>/u.exec(page)?.[1] ?? '';
    expect(JSON.parse(json)).toMatchObject({ schema: 1, exitCode: 1, contractVersion: '1.0.0' });
    expect(JSON.parse(json).rules[0]).toMatchObject({ id: 'http/documented-response', outcomes: ['pass', 'pass'] });
  });

  test('cannot end its element', () => {
    const { html } = safeJson({ text: HOSTILE, more: '<!--\u2028' });
    expect(html).not.toMatch(/[<>&\u2028]/u);
    expect(JSON.parse(html)).toEqual({ text: HOSTILE, more: '<!--\u2028' });
  });
});

test('two values are laid out and the part that differs is marked', () => {
  const records = fixtureRecords().map((record) =>
    record.type === 'test' && record.failures[0]
      ? { ...record, failures: [{ key: 'x', message: 'm', expected: '{"a":1,"b":"<x>"}', actual: '{"a":1,"b":"y"}' }] }
      : record,
  );
  const changed = renderHtml(summarise(records, fixtureCatalogue));
  expect(changed).toContain('{\n  &quot;a&quot;: 1,\n  &quot;b&quot;: &quot;<mark>&lt;x&gt;</mark>&quot;\n}');
  expect(changed).toContain('{\n  &quot;a&quot;: 1,\n  &quot;b&quot;: &quot;<mark>y</mark>&quot;\n}');
});

test('markup escapes every value that is not markup', () => {
  expect(markup`<p title="${`"'`}">${['<b>', markup`<i>${'&'}</i>`, null]} ${7}</p>`.html).toBe(
    '<p title="&quot;&#39;">&lt;b&gt;<i>&amp;</i> 7</p>',
  );
  expect(sentence('Answers `409`.').html).toBe('Answers <code>409</code>.');
});

test('JSON is laid out with its tokens as they came', () => {
  expect(layOutJson('{"a":1.0,"a":[],"b":{"c":"x, \\u0041"},"d":[1e2,null]}')).toBe(
    '{\n  "a": 1.0,\n  "a": [],\n  "b": {\n    "c": "x, \\u0041"\n  },\n  "d": [\n    1e2,\n    null\n  ]\n}',
  );
  expect(layOutJson('{"a":')).toBe('{"a":');
  expect(layOutJson('"x"')).toBe('"x"');
});
