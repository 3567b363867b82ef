import { expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { renderJunit } from './junit.ts';
import { summarise } from './summarise.ts';

const xml = renderJunit(summarise(fixtureRecords(), fixtureCatalogue));

test('has a suite for each target and counts what it holds', () => {
  expect(xml).toContain('<testsuites name="duet, contract 1.0.0" time="185.000">');
  expect(xml).toContain(
    '<testsuite name="backend-a" tests="91" failures="2" errors="0" skipped="2" timestamp="2031-02-01T10:00:00.000" time="181.000">',
  );
  expect(xml).toContain('<testsuite name="backend-b" tests="91" failures="4" errors="1" skipped="9"');
  expect(xml.match(/<testcase /gu)).toHaveLength(182);
  expect(xml).toContain('<property name="profiles" value="core clock launcher"/>');
});

test('has a case for each test, and one for a fault in answers', () => {
  expect(xml).toContain('    <testcase classname="http/problem" name="holds for every caller" time="0.237"/>\n');
  expect(xml).toContain(
    'name="214 answers of createAppointment, first in “gives both sides one order” (messages/order)"',
  );
  expect(xml).toContain('<error message="The test itself broke: ECONNRESET while reading the calendar">');
  expect(xml).toContain('<skipped message="the target has no conformance clock (clock profile)"/>');
  expect(xml).toContain('<skipped message="warning: The medians differ by 9.4 ms, the bound is 5 ms.">');
  expect(xml).toContain('expected: 409 slot-taken\nactual:   201 {&quot;id&quot;');
});

test('is well formed whatever a target sent', () => {
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/u);
  expect(xml.isWellFormed()).toBe(true);
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|#10|#9);)/u);
  const open: string[] = [];
  for (const [, close, name = '', self] of xml.matchAll(/<(\/?)([a-z]+)(?: [a-z]+="[^"<]*")*(\/?)>/gu)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!self) open.push(name);
  }
  expect(open).toEqual([]);
  expect(
    xml.replaceAll(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>|<\?xml version="1.0" encoding="UTF-8"\?>/gu, ''),
  ).not.toContain('<');
});

test('is red when a target could not be judged', () => {
  const records = conformantRecords().map((record) =>
    record.type === 'verdict'
      ? { ...record, verdict: 'could not judge' as const, reason: 'backend-a went away' }
      : record,
  );
  expect(renderJunit(summarise(records, fixtureCatalogue))).toContain('<error message="backend-a went away"/>');
});
