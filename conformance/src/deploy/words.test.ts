import { describe, expect, it } from 'vitest';
import { type ActCounts, countsOf, type Played } from './counts.ts';
import { Tally } from './tally.ts';
import { renderDeploy, verdictOf } from './words.ts';

const nothing = { lost: [], doubled: [], outOfOrder: [], overlaps: [] };

function played(changes: Partial<Played> = {}, fail?: (tally: Tally) => void): ActCounts {
  const tally = new Tally();
  for (let index = 0; index < 3; index += 1) tally.sending(tally.startedAt);
  tally.writes = 2;
  tally.mark('SIGTERM to replica 1');
  fail?.(tally);
  tally.close();
  const act = { kind: 'replacement' as const, name: 'replaced by 1.0.1', withinMs: null, refusalsOnly: false };
  const rest = {
    stored: nothing,
    streams: nothing,
    problems: [],
    events: 4,
    streamCount: 5,
    retriedByBalancer: 0,
    takenOut: 0,
  };
  return { ...countsOf({ backend: 'backend-x', act, tally, ...rest, ...changes }), idleShare: 0.5 };
}

const end = {
  type: 'end' as const,
  backend: 'backend-x',
  writesAcknowledged: 2,
  writesReadBack: 2,
  eventsLost: 0,
  doubled: 0,
  outOfOrder: 0,
  problems: [],
};

const refused = (tally: Tally): void =>
  tally.failed({ method: 'POST', path: '/v1/appointments', sentAt: 0, answer: '503 x', isRefusal: true });
const lostRequest = (tally: Tally): void =>
  tally.failed({ method: 'POST', path: '/v1/appointments', sentAt: 0, answer: '502 ', isRefusal: false });

describe('the verdict', () => {
  it('holds where nothing failed', () => {
    expect(verdictOf([{ acts: [played()], end }])).toEqual({
      exitCode: 0,
      sentence:
        'holds: 1 planned replacements of backend-x: 0 failed of 3 requests, 0 lost, 0 doubled; beyond what is stated for a kill and a restart: 0 failed',
    });
  });

  it.each([
    ['a failed request', played({}, lostRequest), /^does not hold: .*1 failed of 3/],
    ['a lost write', played({ stored: { ...nothing, lost: ['message m'] } }), /1 lost/],
    ['a lost event', played({ streams: { ...nothing, lost: ['message m'] } }), /1 lost/],
    ['a doubled event', played({ streams: { ...nothing, doubled: ['message m'] } }), /1 doubled/],
    ['anything else', played({ problems: ['replica 1 exited with code 1'] }), /^does not hold/],
  ])('does not hold with %s', (_, counts, sentence) => {
    const verdict = verdictOf([{ acts: [counts], end }]);
    expect(verdict).toEqual({ exitCode: 1, sentence: expect.stringMatching(sentence) });
  });

  it('holds with a failure within the time that is stated', () => {
    const act = { kind: 'kill' as const, name: 'replica killed', withinMs: 4000, refusalsOnly: false };
    expect(verdictOf([{ acts: [played({ act }, lostRequest)], end }])).toMatchObject({ exitCode: 0 });
    const strict = { ...act, refusalsOnly: true };
    expect(verdictOf([{ acts: [played({ act: strict }, lostRequest)], end }])).toMatchObject({ exitCode: 1 });
  });
});

describe('the verdict on a machine that had nothing left', () => {
  const crowded = { ...played({}, refused), idleShare: 0.01 };

  it('is none when requests were refused meanwhile, and them alone', () => {
    const sentence = expect.stringMatching(/^could not judge: .*had no CPU left/);
    expect(verdictOf([{ acts: [played(), crowded], end }])).toEqual({ exitCode: 2, sentence });
    expect(verdictOf([{ acts: [played({}, lostRequest), crowded], end }])).toMatchObject({ exitCode: 1 });
  });

  it('is one when something was lost, or a connection closed', () => {
    const closed = { ...played({}, lostRequest), idleShare: 0.01 };
    expect(verdictOf([{ acts: [closed], end }])).toMatchObject({ exitCode: 1 });
    const lost = { ...played({ stored: { ...nothing, lost: ['message m'] } }), idleShare: 0.01 };
    expect(verdictOf([{ acts: [lost], end }])).toMatchObject({ exitCode: 1 });
  });
});

describe('the table', () => {
  it('shows a column an act and names what failed, with the time since the last step', () => {
    const text = renderDeploy({ acts: [played({}, lostRequest)], end }, { isColoured: false });
    expect(text).toMatch(/requests sent +3\n/);
    expect(text).toMatch(/failed +1\n/);
    expect(text).toMatch(/read again at the end: 2 of 2 writes/);
    expect(text).toMatch(/✗ replaced by 1\.0\.1: POST \/v1\/appointments → 502/);
  });
});
