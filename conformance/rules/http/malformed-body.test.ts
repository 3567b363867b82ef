import { expect } from 'vitest';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const MALFORMED = [
  '{',
  '{"displayName": "a"',
  '{"displayName": "a"} x',
  "{'displayName': 'a'}",
  '{"displayName": "a",}',
  '{"displayName": 01}',
  'tru',
  '',
];

rule('http/malformed-body', ({ test, people }) => {
  const [user, doctor] = people('user', 'doctor');

  test('refuses text that is not JSON', async () => {
    for (const rawBody of MALFORMED) {
      const answer = await user.send('updateMe', { rawBody });
      expect(answer, rawBody).toBeProblem(400, 'malformed-body');
    }
    expect((await user.send('getMe')).body).toEqual(user.account);
  });

  test('refuses a body that is not UTF-8', async () => {
    const name = Buffer.from([0xc3, 0x28]);
    const rawBody = Buffer.concat([Buffer.from('{"displayName":"a'), name, Buffer.from('"}')]);
    expect(await user.send('updateMe', { rawBody })).toBeProblem(400, 'malformed-body');
    const overlong = Buffer.concat([Buffer.from('{"displayName":"a'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]);
    expect(await user.send('updateMe', { rawBody: overlong })).toBeProblem(400, 'malformed-body');
  });

  test('refuses a byte order mark before the JSON', async () => {
    const rawBody = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"displayName":"Ada"}')]);
    expect(await user.send('updateMe', { rawBody })).toBeProblem(400, 'malformed-body');
  });

  test('refuses an absent body where one is required', async ({ target }) => {
    expect(await user.send('updateMe')).toBeProblem(400, 'malformed-body');
    expect(await target.nobody.send('login')).toBeProblem(400, 'malformed-body');
    for (const contentType of ['application/json', 'text/plain']) {
      expect(await user.send('updateMe', { rawBody: '', contentType })).toBeProblem(400, 'malformed-body');
    }
  });

  test('takes well-formed JSON of the wrong kind as invalid, not malformed', async () => {
    for (const rawBody of ['"text"', '5', 'null', 'true', '[]']) {
      const answer = await user.send('updateMe', { rawBody });
      expect(answer, rawBody).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([expect.objectContaining({ in: 'body', pointer: '', rule: 'type' })]);
    }
  });

  test('takes the last of equal names in one object', async () => {
    const answer = await user.send('updateMe', { rawBody: '{"displayName":"first","displayName":"last"}' });
    expect(answer.status).toBe(200);
    expect(answer.body.displayName).toBe('last');
  });

  keepsBothSides(test, 'http/malformed-body', { doctor, user });
});
