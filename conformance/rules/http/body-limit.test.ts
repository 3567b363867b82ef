import { expect } from 'vitest';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const LIMIT = 65_536;

function padded(bytes: number): string {
  const body = '{"displayName":"Ada"}';
  return body + ' '.repeat(bytes - body.length);
}

/** Pieces of 16 KiB, as many as are taken: an upload that does not end by itself. */
async function* endless(pieces: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < pieces; sent += 1) {
    yield Buffer.alloc(16_384, 32);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

rule('http/body-limit', ({ test, people }) => {
  const [user, doctor] = people('user', 'doctor');

  test('takes 65,536 bytes and refuses 65,537', async () => {
    expect((await user.send('updateMe', { rawBody: padded(LIMIT) })).status).toBe(200);
    expect(await user.send('updateMe', { rawBody: padded(LIMIT + 1) })).toBeProblem(413, 'payload-too-large');
  });

  test('refuses without Content-Length as with it', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' };
    async function* pieces(bytes: number): AsyncGenerator<Uint8Array> {
      const whole = Buffer.from(padded(bytes));
      for (let at = 0; at < whole.length; at += 9_000) yield whole.subarray(at, at + 9_000);
    }
    const taken = await target.raw({ method: 'PATCH', path: '/v1/me', headers, body: pieces(LIMIT) });
    expect(taken.status).toBe(200);
    const refused = await target.raw({ method: 'PATCH', path: '/v1/me', headers, body: pieces(LIMIT + 1) });
    expect(refused).toBeProblem(413, 'payload-too-large');
  });

  test('answers while the client is still sending', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' };
    const chunked = await target.raw({ method: 'PATCH', path: '/v1/me', headers, body: endless(4_096) });
    expect(chunked).toBeProblem(413, 'payload-too-large');
    const announced = { ...headers, 'content-length': String(4_096 * 16_384) };
    const counted = await target.raw({ method: 'PATCH', path: '/v1/me', headers: announced, body: endless(4_096) });
    expect(counted).toBeProblem(413, 'payload-too-large');
  });

  test('answers while the client has not sent the rest, and may never', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' };
    for (const more of [{}, { 'content-length': String(4 * LIMIT) }]) {
      const { promise: isAnswered, resolve: end } = Promise.withResolvers<void>();
      async function* unfinished(): AsyncGenerator<Uint8Array> {
        yield Buffer.alloc(2 * LIMIT, 32);
        await isAnswered;
      }
      const request = { method: 'PATCH', path: '/v1/me', headers: { ...headers, ...more }, body: unfinished() };
      expect(await target.raw(request).finally(end)).toBeProblem(413, 'payload-too-large');
    }
  });

  test('answers whoever sends 1 MiB at once, and stays reachable', async ({ target }) => {
    const body = ' '.repeat(1_048_576);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${user.token}` };
    for (let round = 0; round < 5; round += 1) {
      expect(await target.raw({ method: 'PATCH', path: '/v1/me', headers, body })).toBeProblem(
        413,
        'payload-too-large',
      );
    }
    expect((await user.send('getMe')).status).toBe(200);
  });

  keepsBothSides(test, 'http/body-limit', { doctor, user });
});
