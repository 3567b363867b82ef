import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

const PATH = '/v1/webhooks/twilio/rooms';
const FORM = 'RoomName=x&RoomSid=RM1&StatusCallbackEvent=room-ended&Timestamp=2027-03-01T09%3A55%3A03.120Z';

rule('webhooks/peer-unknown', ({ test, people }) => {
  const [user] = people('user');

  test('answers 404 to a callback, signed or not', async ({ target }) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const signatures = [{}, { 'x-twilio-signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' }];
    for (const signature of signatures) {
      const headers = { ...form, ...signature };
      const answer = await target.raw({ method: 'POST', path: PATH, headers, body: FORM });
      expect(answer).toBeProblem(404, 'not-found');
    }
  });

  test('answers 404 to every method', async ({ target }) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await target.raw({ method, path: PATH, replica: 1 });
      expect(answer, method).toBeProblem(404, 'not-found');
      expect(answer.headers, method).not.toHaveProperty('allow');
    }
    const head = await target.raw({ method: 'HEAD', path: PATH });
    expect([head.status, head.bytes.length]).toEqual([404, 0]);
  });

  test('answers 404 whatever the session, body and media type', async ({ target }) => {
    const headers = { authorization: `Bearer ${user.token}` };
    expect(await target.raw({ method: 'GET', path: PATH, headers })).toBeProblem(404, 'not-found');
    const json = { 'content-type': 'application/json' };
    const broken = await target.raw({ method: 'POST', path: `${PATH}?a=1`, headers: json, body: '{' });
    expect(broken).toBeProblem(404, 'not-found');
  });
});
