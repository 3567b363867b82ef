import { describe, expect, test } from 'vitest';
import type { Sent } from './sent.ts';
import { traceOf } from './trace.ts';

const began = Date.parse('2031-02-01T10:00:00.000Z');
const target = {
  urls: ['http://one', 'http://two'],
  basePath: '',
  headers: { 'x-key': 'k' },
  inviteCode: 'invited',
};

function sent(changes: Partial<Omit<Sent, 'body' | 'response'>> & { body?: unknown; answer?: unknown }): Sent {
  const { body, answer, ...rest } = changes;
  return {
    at: began,
    method: 'POST',
    url: 'http://one/v1/accounts',
    headers: {},
    status: 201,
    responseHeaders: { 'content-type': 'application/json' },
    overlaps: false,
    ...rest,
    body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
    response: answer === undefined ? [] : [Buffer.from(JSON.stringify(answer))],
  };
}

describe('a trace', () => {
  const login = sent({
    body: { email: 'ada-0123456789abcdef@d.invalid' },
    answer: { id: 's', token: 'abcdefgh1234', account: { id: 'aaaa-1111-2222', displayName: 'Duet 1' } },
  });

  test('has a variable for what the server was the first to say', () => {
    const steps = traceOf(
      [login, sent({ headers: { authorization: 'Bearer abcdefgh1234' }, url: 'http://two/v1/x/aaaa-1111-2222' })],
      target,
    );
    expect(steps[0]?.captures).toEqual([
      { variable: 'TOKEN_1', from: 'body', path: '.token' },
      { variable: 'ID_1', from: 'body', path: '.account.id' },
    ]);
    expect(steps[1]).toMatchObject({
      url: [{ variable: 'BASE_2' }, '/v1/x/', { variable: 'ID_1' }],
      headers: { authorization: ['Bearer ', { variable: 'TOKEN_1' }] },
      captures: [],
    });
  });

  test('keeps what the test itself was the first to say', () => {
    const repeated = {
      answer: { email: 'ada-0123456789abcdef@d.invalid', startsAt: 'noon 12 h' },
      body: { at: 'noon 12 h' },
    };
    const steps = traceOf([sent(repeated), sent({ body: { at: 'noon 12 h' } })], target);
    expect(steps[1]?.body).toEqual(['{"at":"noon 12 h"}']);
    expect(steps[0]?.captures).toEqual([]);
  });

  test('has a variable for a name that there may be only once, in whatever case', () => {
    const upper = sent({ body: { email: 'ADA-0123456789ABCDEF@D.INVALID' } });
    expect(traceOf([login, upper], target).map(({ body }) => body)).toEqual([
      ['{"email":"ada-', { variable: 'NAME_1' }, '@d.invalid"}'],
      ['{"email":"ADA-', { variable: 'NAME_1' }, '@D.INVALID"}'],
    ]);
  });

  test('has instants from its beginning on, encoded or not', () => {
    const one = sent({
      url: 'http://one/v1/x?from=2031-02-01T10%3A00%3A01.000Z',
      headers: { 'conformance-now': '2031-02-01T09:59:59.000Z' },
      body: { startsAt: '2031-02-01T10:00:00Z', endsAt: '2031-02-01T11:00:00.000Z' },
    });
    expect(traceOf([one], target)[0]).toMatchObject({
      url: [{ variable: 'BASE_1' }, '/v1/x?from=', { instant: 1000 }],
      headers: { 'conformance-now': [{ instant: -1000 }] },
      body: ['{"startsAt":"2031-02-01T10:00:00Z","endsAt":"', { instant: 3_600_000 }, '"}'],
    });
  });

  test('holds neither the invite code nor what the user gave as a header', () => {
    const one = sent({ headers: { 'x-key': 'k', 'x-other': 'k', host: 'one' }, body: { inviteCode: 'invited' } });
    expect(traceOf([one], target)[0]).toMatchObject({
      headers: { 'x-key': [{ variable: 'HEADER_X_KEY' }], 'x-other': ['k'] },
      body: ['{"inviteCode":"', { variable: 'INVITE_CODE' }, '"}'],
    });
  });

  test('takes an ETag from its header', () => {
    const etag = '"1234567890"';
    const read = sent({ responseHeaders: { etag } });
    const steps = traceOf([read, sent({ headers: { 'if-match': etag } })], target);
    expect(steps[0]?.captures).toEqual([{ variable: 'ETAG_1', from: 'header', path: 'etag' }]);
    expect(steps[1]?.headers).toEqual({ 'if-match': [{ variable: 'ETAG_1' }] });
  });

  test('of very many requests is none', () => {
    expect(
      traceOf(
        Array.from({ length: 151 }, () => login),
        target,
      ),
    ).toEqual([]);
    expect(traceOf([], target)).toEqual([]);
  });
});

describe('an obstacle is', () => {
  const obstacleOf = (changes: Parameters<typeof sent>[0]) => traceOf([sent(changes)], target)[0]?.obstacle;

  test.each<[string, Parameters<typeof sent>[0]]>([
    ['it went to a server that the test had started', { url: 'http://three/v1/me' }],
    ['it was signed with a secret of Twilio', { headers: { 'x-twilio-signature': 'x' } }],
    ['it opened an event stream', { method: 'GET', url: 'http://one/v1/events' }],
    ['it named what another test had made', { url: 'http://one/v1/x/0b7c9f2e-6a54-4c1f-9a55-8f4dcbb7f0a1' }],
    ['its session is none that the test had made', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } }],
    ['its body is none for a shell', { body: 'x'.repeat(100_001) }],
  ])('that %s', (obstacle, changes) => {
    expect(obstacleOf(changes)).toBe(obstacle);
  });

  test('a body that is no text, or that nobody saw', () => {
    const steps = traceOf(
      [
        { ...sent({}), body: Buffer.from([0xff]) },
        { ...sent({}), body: undefined },
      ],
      target,
    );
    expect(steps.map(({ obstacle }) => obstacle)).toEqual([
      'its body is none that curl would send',
      'its body is none that curl would send',
    ]);
  });

  test('never in a step that shows a secret', () => {
    const [foreign] = traceOf([sent({ headers: { authorization: `Bearer ${'x'.repeat(43)}` }, body: 'b' })], target);
    expect(foreign).toMatchObject({ headers: {}, body: null });
    expect(obstacleOf({ headers: { authorization: 'Bearer nonsense' } })).toBeUndefined();
  });
});
