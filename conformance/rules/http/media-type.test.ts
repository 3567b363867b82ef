import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const REFUSED = [
  'text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/merge-patch+json',
  'application/json-patch+json', 'application/jsonp', 'application/json; charset=iso-8859-1', 'application/json; charset=utf-16', 'json',
]; // prettier-ignore

rule('http/media-type', ({ test, people }) => {
  const [user, doctor] = people('user', 'doctor');
  const rawBody = '{"displayName":"Ada"}';

  test('refuses every other media type and charset', async () => {
    for (const contentType of REFUSED) {
      expect(await user.send('updateMe', { rawBody, contentType }), contentType).toBeProblem(
        415,
        'unsupported-media-type',
      );
    }
    expect((await user.send('getMe')).body.displayName).toBe(user.displayName);
  });

  test('refuses a body without a media type', async () => {
    expect(await user.send('updateMe', { rawBody, contentType: null })).toBeProblem(415, 'unsupported-media-type');
  });

  test('refuses any content encoding', async () => {
    for (const [encoding, encoded] of [
      ['gzip', gzipSync(rawBody)],
      ['identity', rawBody],
      ['unknown', rawBody],
    ] as const) {
      const headers = { 'content-encoding': encoding };
      const answer = await user.send('updateMe', { rawBody: encoded, headers });
      expect(answer, encoding).toBeProblem(415, 'unsupported-media-type');
    }
  });

  test('takes application/json in any spelling, with charset utf-8', async () => {
    for (const contentType of [
      'application/json',
      'Application/JSON',
      'application/json;charset=UTF-8',
      'application/json; charset="utf-8"',
      'application/json; version=1',
      'application/json; charset=utf-8; profile="x"',
    ]) {
      expect((await user.send('updateMe', { rawBody, contentType })).status, contentType).toBe(200);
    }
  });

  test('ignores a body of any type where none is documented', async () => {
    const second = await user.logInAgain();
    const answer = await second.send('logout', { rawBody: '<logout/>', contentType: 'application/xml' });
    expect(answer.status).toBe(204);
  });

  keepsBothSides(test, 'http/media-type', { doctor, user });
});
