import { expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, exchange, fixtureRecords } from './fixtures/run.ts';
import { renderHar } from './har.ts';
import type { Exchange, ResultRecord } from './records.ts';
import { summarise } from './summarise.ts';

const harOf = (records: ResultRecord[]) => JSON.parse(renderHar(summarise(records, fixtureCatalogue))).log;

/** The usual run, with these exchanges in the test that fails on backend-b. */
function withExchanges(...exchanges: Exchange[]) {
  const records = fixtureRecords().map((record) =>
    record.type === 'test' && record.rule === 'appointments/no-overlap' ? { ...record, exchanges } : record,
  );
  const log = harOf(records);
  const page = log.pages.find(({ title }: { title: string }) => title.startsWith('appointments/no-overlap'));
  return log.entries.filter(({ pageref }: { pageref: string }) => pageref === page?.id);
}

test('has a page for each finding, and its exchanges', () => {
  const log = harOf(fixtureRecords());
  expect(log.version).toBe('1.2');
  expect(log.pages.map(({ title }: { title: string }) => title)).toContain(
    'appointments/no-overlap on backend-b: refuses a booking inside another of the same doctor',
  );
  const ids = new Set(log.pages.map(({ id }: { id: string }) => id));
  expect(ids.size).toBe(log.pages.length);
  expect(log.entries.every(({ pageref }: { pageref: string }) => ids.has(pageref))).toBe(true);
});

test('shows an exchange whole', () => {
  const one = exchange('{"reason":"é"}');
  one.request.url += '?q=a%20b&q=%zz&flag';
  expect(withExchanges(one)).toEqual([
    {
      pageref: expect.stringMatching(/^finding_\d+$/u),
      startedDateTime: '2031-02-01T10:01:12.345Z',
      time: 14.2,
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:4002/v1/appointments?q=a%20b&q=%zz&flag',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [
          { name: 'authorization', value: 'Bearer [redacted]' },
          { name: 'content-type', value: 'application/json' },
          { name: 'x-request-id', value: 'ada-1' },
        ],
        queryString: [
          { name: 'q', value: 'a b' },
          { name: 'q', value: '%zz' },
          { name: 'flag', value: '' },
        ],
        headersSize: -1,
        bodySize: 15,
        postData: { mimeType: 'application/json', params: [], text: '{"reason":"é"}' },
      },
      response: {
        status: 201,
        statusText: 'Created',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [
          { name: 'content-type', value: 'application/json' },
          { name: 'cache-control', value: 'no-store' },
        ],
        content: { size: 15, mimeType: 'application/json', text: '{"reason":"é"}' },
        redirectURL: '',
        headersSize: -1,
        bodySize: 15,
      },
      cache: {},
      timings: { send: 0, wait: 14.2, receive: 0 },
      comment: 'createAppointment',
    },
  ]);
});

test('holds no secret, whatever the recording let through', () => {
  const one = exchange('{}');
  one.request.headers = { authorization: 'Bearer t0ken', 'X-Twilio-Signature': 's3cret', cookie: 'a=s3cret' };
  const text = JSON.stringify(withExchanges(one));
  expect(text).not.toMatch(/t0ken|s3cret/u);
  expect(text).toContain('{"name":"X-Twilio-Signature","value":"[redacted]"}');
});

test('shows a request without an answer', () => {
  const [entry] = withExchanges({ ...exchange('{}'), response: null });
  expect(entry.response).toMatchObject({ status: 0, bodySize: -1, content: { size: 0, mimeType: 'x-unknown' } });
});

test('of a good run is empty', () => {
  expect(harOf(conformantRecords())).toMatchObject({ pages: [], entries: [] });
});
