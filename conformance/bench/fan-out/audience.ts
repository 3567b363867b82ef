import { once } from 'node:events';
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { SENT_AT, type FromAudience, type ToAudience } from './words.ts';

// A process of its own holds the streams, so that reading them delays neither the measurement nor the generator.

/** Opened at once; more would meet the end of the server's queue of new connections. */
const TOGETHER = 50;
const micros: number[] = [];
let [doubled, ended] = [0, 0];

process.on('message', (words: ToAudience) => {
  if (words.kind === 'count') tell({ kind: 'counted', delivered: micros.length, doubled, ended, micros });
  else
    openAll(words).then(
      () => tell({ kind: 'opened' }),
      (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
});
process.once('disconnect', () => process.exit());

async function openAll({ url, tokens, streams }: ToAudience & { kind: 'open' }): Promise<void> {
  for (let opened = 0; opened < streams; opened += TOGETHER) {
    const batch = Array.from({ length: Math.min(TOGETHER, streams - opened) }, (_, place) => opened + place);
    await Promise.all(batch.map((place) => open(url, tokens[place % tokens.length] ?? '')));
  }
}

async function open(url: string, token: string): Promise<void> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const request = http.get(`${url}/v1/events`, { headers, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`a stream is answered with ${response.statusCode}`);
  const ids = new Set<string>();
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) note(ids, block);
  });
  response.once('close', () => (ended += 1));
  response.on('error', () => undefined); // Closed follows.
}

function note(ids: Set<string>, block: string): void {
  const sentAt = SENT_AT.exec(block)?.[1];
  const id = /^id: ?(\d+)$/m.exec(block)?.[1];
  if (id === undefined || sentAt === undefined) return;
  if (ids.has(id)) doubled += 1;
  else micros.push(Math.round((performance.timeOrigin + performance.now() - Number(sentAt)) * 1000));
  ids.add(id);
}

function tell(words: FromAudience): void {
  process.send?.(words);
}
