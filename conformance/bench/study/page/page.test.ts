import { describe, expect, test } from 'vitest';
import type { Study } from '../study.ts';
import { fullStudy, quickStudy } from './fixture.ts';
import { renderStudyPage } from './page.ts';

const full = renderStudyPage(fullStudy());
const text = textOf(full);

/** What a reader sees, with one space between words. */
function textOf(page: string): string {
  return page
    .replaceAll(/<(style|title|desc)[^>]*>[^]*?<\/\1>/gu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .replaceAll(/ (?=[.,:;)])/gu, '');
}

function partOf(page: string, id: string): string {
  return textOf(new RegExp(`<section id="${id}"[^]*?</section>`, 'u').exec(page)?.[0] ?? '');
}

/** Fails without printing the page. */
function shows(words: string, inside = text): void {
  expect(inside.includes(words), words).toBe(true);
}

function withVerdict(study: Study, product: string, outcome: 'not conformant' | 'not judged', failed: string[]): Study {
  const verdicts = study.verdicts.map((one) => (one.product === product ? { ...one, outcome, failed } : one));
  return { ...study, verdicts };
}

describe('the page', () => {
  test('begins with a sentence to quote and its interval', () => {
    const title = 'On a mixed day, backend-a spends 17\u00a0% less server CPU a request than backend-b';
    expect(full).toContain(`<title>${title} · Duet</title>`);
    shows('less server CPU a request than backend‑b Ratio 0.83 × (95 %: 0.80–0.86)');
    shows('Full study · 6 scenarios · 5 blocks · 2001-02-03 04:05 UTC · commit 0123456789');
  });

  test('tells of each backend its multiple of the floor', () => {
    shows(
      'backend-a Express · TypeORM 1.25 × the floor’s server CPU a request on a mixed day 95 %: 1.21–1.29 · 25 % more',
    );
  });

  test('gives each ratio its interval, words with a direction and requests/s', () => {
    shows('point read one appointment, by a session floor 0.200 ms CPU, 5,000 requests/s');
    shows('backend-a 1.20 1.16–1.24 20 % more requests/s 0.86 ×', partOf(full, 'cpu'));
    shows('backend-a orm 6.00 5.79–6.21 6.00 times as much requests/s 0.24 ×', partOf(full, 'cpu'));
    shows(
      'backend-a spends less server CPU a request on point reads and the mixed day; backend-b on bookings; the same within 3 % on lists and logins; not told apart on messages.',
    );
    expect(text).not.toMatch(/faster|slower/u);
  });

  test('is the same bytes for the same study', () => {
    expect(renderStudyPage(fullStudy())).toBe(full);
    expect(renderStudyPage(quickStudy())).toBe(renderStudyPage(quickStudy()));
  });

  test('names each plot and repeats its numbers in a table', () => {
    for (const [plot] of full.matchAll(/<svg[^>]*role="img"[^>]*>.{0,12}/gu)) expect(plot).toContain('<title>');
    for (const id of [
      'cpu',
      'direct',
      'latency',
      'concurrency',
      'memory',
      'fan-out',
      'time',
      'frozen',
      'node',
      'own',
    ]) {
      expect(new RegExp(`<section id="${id}"[^]*?</section>`, 'u').exec(full)?.[0], id).toContain('class="numbers"');
    }
  });

  test('runs nothing, fetches nothing and links only to itself', () => {
    expect(full).not.toMatch(/<script|@import|url\(|<img/u);
    const links = [...full.matchAll(/(?:href|src)="([^"]*)"/gu)].map(([, link = '']) => link);
    expect(links.filter((link) => !link.startsWith('#'))).toEqual(['data:,']);
    for (const link of links.filter((one) => one.startsWith('#'))) expect(full).toContain(` id="${link.slice(1)}"`);
  });

  test('shows what a subject printed as text', () => {
    const study = fullStudy();
    const [use] = study.statements;
    if (use) use.texts = [{ text: '</pre><script>alert(1)</script>', calls: 1 }];
    const page = renderStudyPage(study);
    expect(page).toContain('&lt;/pre&gt;&lt;script&gt;');
    expect(page).not.toContain('<script');
  });
});

describe('a subject that does not keep the contract', () => {
  test('has the broken rules in the place of its numbers', () => {
    shows('backend-b orm not conformant: breaks appointments/no-overlap and events/order', partOf(full, 'cpu'));
    shows('backend-b orm not conformant: breaks appointments/no-overlap and events/order', partOf(full, 'memory'));
    expect(full).not.toMatch(/backend-b orm[^<]*: \d/u);
    expect(full).not.toContain('<tr><th scope="row">backend-b orm</th>');
  });

  test('is not compared when it is a backend as shipped', () => {
    const page = textOf(renderStudyPage(withVerdict(quickStudy(), 'backend-b', 'not conformant', ['calls/join'])));
    shows('backend‑b does not keep the contract and is not compared; on a mixed day, backend‑a spends 25 % more', page);
    shows('Not compared backend-b is not conformant: breaks calls/join', page);
    shows('Fastify · Prisma No numbers not conformant: breaks calls/join', page);
    expect(page).not.toMatch(/1\.50|150 MiB|300 ms/u);
  });

  test('takes every ratio along when it is the floor', () => {
    const page = textOf(renderStudyPage(withVerdict(quickStudy(), 'floor', 'not judged', ['the suite crashed'])));
    shows('backend-a floor is not judged: the suite crashed', page);
    shows('mixed day not told apart, the floor was not measured against itself', page);
    expect(page).not.toMatch(/1\.25 ×|1\.50 ×/u);
  });
});

describe('what is no number', () => {
  test('a cell with answers that differed is invalid, with the reason', () => {
    shows('backend-a orm invalid: 3 of 1,000 compared answers differed', partOf(full, 'cpu'));
    expect(full).not.toContain('backend-a orm beside floor, message');
  });

  test('a point with dropped requests is invalid, with the reason', () => {
    shows('backend-a orm invalid: 12 requests dropped: point read at 75 % and 90 %');
    shows('backend-b 30 invalid: 28 dropped requests');
  });

  test('a broken invariant makes its cell invalid', () => {
    const study = quickStudy();
    study.invariants = study.invariants.map((one) => (one.subject === 'backend-b' ? { ...one, found: 999 } : one));
    const page = renderStudyPage(study);
    shows('1 of 3 invariants did not hold', textOf(page));
    shows('backend-b invalid: every acknowledged booking is in the calendar', partOf(page, 'cpu'));
  });

  test('a difference within the floor’s own is not called', () => {
    const study = fullStudy();
    for (const spread of study.spreads) spread.ratio = { estimate: 1.1, low: 0.9, high: 1.4 };
    const page = renderStudyPage(study);
    shows('On a mixed day, backend‑a and backend‑b were not told apart by server CPU a request', textOf(page));
    shows('no more than the floor differs from itself', textOf(page));
    shows('backend-a 1.25 1.21–1.29 not told apart', partOf(page, 'cpu'));
  });

  test('a verdict that its interval does not carry is not called', () => {
    const study = quickStudy();
    for (const one of study.comparisons) if (one.verdict === 'slower') one.verdict = 'faster';
    shows('the interval reaches to the other side of 1', textOf(renderStudyPage(study)));
    for (const one of study.comparisons) one.verdict = 'equivalent';
    shows('the interval reaches beyond 3 %', textOf(renderStudyPage(study)));
  });
});

describe('what is missing', () => {
  test('a part of a full study without data tells the reason', () => {
    const study = { ...fullStudy(), frozen: [], fanOut: [] };
    study.notMeasured.push({
      kind: 'not-measured',
      part: 'frozen server',
      reason: 'the process cannot be stopped here',
    });
    const page = renderStudyPage(study);
    shows('Not measured frozen server: the process cannot be stopped here', partOf(page, 'frozen'));
    shows('Not measured fan-out: the run left no valid record of it', partOf(page, 'fan-out'));
    shows('Not measured: events sent through the balancer (no balancer was started).');
  });

  test('a quick study lists the parts of the full one in a line', () => {
    const page = renderStudyPage(quickStudy());
    shows(
      'Not measured: latency curves, throughput by concurrency, statements, fan-out, spike, soak, frozen server, node versions, cost of ownership (it belongs to the full profile).',
      textOf(page),
    );
    expect(page.match(/Not measured/gu)).toHaveLength(1);
    expect(page).not.toContain('id="latency"');
  });

  test('a run that did not end is told on top', () => {
    const page = renderStudyPage({ ...quickStudy(), footer: null });
    shows('This run did not end', textOf(page));
    expect(page.indexOf('This run did not end')).toBeLessThan(page.indexOf('<h1'));
    expect(full).not.toContain('did not end');
  });
});

describe('what follows', () => {
  test('ties each choice to a number with its interval', () => {
    const follows = partOf(full, 'follows');
    shows('Choose backend-a when CPU time is what you pay for, on point reads and the mixed day.', follows);
    shows('point read 20 % less CPU than backend-b 0.80 × 0.77–0.83', follows);
    shows(
      'Choose backend-b when CPU time is what you pay for, on bookings. booking 7.7 % less CPU than backend-a',
      follows,
    );
    shows('Choose Node 24 over Node 20 for backend-a', follows);
  });

  test('is nothing without verdicts', () => {
    shows('Nothing follows', partOf(renderStudyPage({ ...quickStudy(), comparisons: [] }), 'follows'));
  });
});
