import { type Fields, isCallback, noContent, passedOn, reading } from '../wrapping/callbacks.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

const dropping = (fits: (fields: Fields) => boolean) => (): Hooks =>
  reading((fields) => (fits(fields) ? { instead: noContent } : undefined));

const rewriting = (change: (fields: Fields) => Fields) => (): Hooks =>
  reading((fields) => passedOn({ ...fields, ...change(fields) }));

/** Believes that SequenceNumber is an order. */
function bySequence(): Hooks {
  const newest = new Map<string, number>();
  return reading((fields) => {
    const about = `${fields['RoomName']} ${fields['ParticipantIdentity'] ?? ''}`;
    const sequence = Number(fields['SequenceNumber'] ?? 0);
    const before = newest.get(about) ?? -1;
    newest.set(about, Math.max(before, sequence));
    return sequence < before ? { instead: noContent } : undefined;
  });
}

function repeatsRefused(): Hooks {
  const seen = new Set<string>();
  return reading((fields) => {
    const text = JSON.stringify(fields);
    const isRepeat = seen.has(text);
    seen.add(text);
    return isRepeat ? { instead: { ...noContent, status: 409, body: '{}' } } : undefined;
  });
}

/** Believes that callbacks come in the order in which things happened. */
function asTheyCome(): Hooks {
  let arrivals = 0;
  return rewriting(({ Timestamp = '' }) => {
    const at = Date.parse(Timestamp);
    arrivals += 1;
    return Number.isNaN(at) ? {} : { Timestamp: new Date(at + arrivals * 60_000).toISOString() };
  })();
}

await wrap({
  honest: () => ({ proxy: {} }),
  'by-sequence': bySequence,
  'repeats-refused': repeatsRefused,
  'as-they-come': asTheyCome,
  'to-the-second': rewriting(({ Timestamp = '' }) => ({ Timestamp: Timestamp.replace(/\.\d+(?=Z)/, '') })),
  'ends-unheard': dropping((fields) => fields['StatusCallbackEvent'] === 'room-ended'),
  'disconnects-unheard': dropping((fields) => fields['StatusCallbackEvent'] === 'participant-disconnected'),
  'unknown-event-refused': () =>
    reading((fields) =>
      /^(participant-(dis)?connected|room-ended)$/.test(fields['StatusCallbackEvent'] ?? '')
        ? undefined
        : { instead: { ...noContent, status: 400, body: '{}' } },
    ),
  'has-content': () => ({
    proxy: {
      isChanged: (asked, status) => isCallback(asked) && status === 204,
      change: (answer) => ({ ...answer, status: 200, body: '<Response/>' }),
    },
  }),
});
