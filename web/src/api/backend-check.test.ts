import { expect, test, vi } from 'vitest';
import { askMeta, backendUrl } from './backend-check.ts';

const page = new URL('https://duet.example/');
const meta = { framework: 'Express', contractVersion: '1.0.0', videoProvider: 'peer' };

function answerWith(body: unknown, status = 200): void {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));
}

test.each([
  ['duet.example.org/', 'https://duet.example.org'],
  ['https://duet.example.org/base/', 'https://duet.example.org/base'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('%s is kept as %s', (given, kept) => {
  expect(backendUrl(given, page)).toBe(kept);
});

test.each([
  ['', 'invalid-url'],
  ['ftp://duet.example.org', 'invalid-url'],
  ['http://duet.example.org', 'mixed-content'],
])('%j is refused: %s', (given, reason) => {
  expect(() => backendUrl(given, page)).toThrow(expect.objectContaining({ reason }));
});

test('a Duet server of this contract is taken', async () => {
  answerWith(meta);
  expect((await askMeta('http://a')).meta).toEqual(meta);
});

test('another server, and another version of the contract, are told apart', async () => {
  answerWith({ hello: 'world' });
  await expect(askMeta('http://a')).rejects.toMatchObject({ reason: 'no-duet-server' });
  answerWith({ ...meta, contractVersion: '2.0.0' });
  await expect(askMeta('http://a')).rejects.toMatchObject({ reason: 'other-version', version: '2.0.0' });
});

test('nobody there, and somebody who refuses this page, are told apart', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(askMeta('http://a')).rejects.toMatchObject({ reason: 'unreachable' });
  vi.stubGlobal('fetch', async (_url: string, { mode }: RequestInit) => {
    if (mode === 'no-cors') return new Response();
    throw new TypeError('Failed to fetch');
  });
  await expect(askMeta('http://a')).rejects.toMatchObject({ reason: 'refuses-this-origin' });
});
