import { expect } from 'vitest';
import { uniqueName } from '../../src/actors.ts';
import { keepsBothSides } from '../../src/negatives/both-sides.ts';
import { rule } from '../../src/rule.ts';

const TEXTS = [
  'Zoë Müller-Ångström', 'Zoe\u0308', '  spaces around  ', 'tab\tand\nline', 'one\r\ntwo\rthree', 'دكتور أحمد', '\u202Eright to left', 'דוקטור', '医生 王', '👩🏽‍⚕️ 🇨🇭', 'a\u200Db\uFEFFc',
  '<script>alert(1)</script>', "Robert'); DROP TABLE accounts;--", '\\ " / \b \f', '%_\\', '\u0001\u001f\u007f', '\uFFFE\uFFFF', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢', 'ﬀ ß İ ı', '\u{10FFFF}', '&amp; &#x41; \\u0041',
]; // prettier-ignore

rule('http/text-verbatim', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('gives names back code point for code point', async () => {
    for (const displayName of TEXTS) {
      const changed = await user.send('updateMe', { body: { displayName } });
      expect(changed.status, displayName).toBe(200);
      expect(changed.body.displayName).toBe(displayName);
      expect((await user.send('getMe')).body.displayName).toBe(displayName);
    }
  });

  test('gives a reason back as sent, also an empty one', async () => {
    const [first = '', ...others] = ['', ...TEXTS];
    const base = Date.now() + 86_400_000;
    for (const [index, reason] of [first, ...others].entries()) {
      const startsAt = new Date(base + index * 300_000).toISOString();
      const booked = await user.send('createAppointment', {
        body: { doctorId: doctor.id, startsAt, durationMinutes: 5, reason },
      });
      expect(booked.status, reason).toBe(201);
      const read = await doctor.send('getAppointment', { path: { appointmentId: booked.body.id } });
      expect(read.body.reason).toBe(reason);
    }
  });

  test('refuses U+0000 and lone surrogates wherever text goes', async () => {
    for (const text of ['a\\u0000b', '\\ud83d', 'a\\udc69b', '\\udc69\\ud83d']) {
      const answer = await user.send('updateMe', { rawBody: `{"displayName":"${text}"}` });
      expect(answer, text).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors[0]).toMatchObject({ in: 'body', pointer: '/displayName' });
    }
    expect(await user.send('listDoctors', { query: { q: 'a\u0000b' } })).toBeProblem(400, 'validation-failed');
  });

  test('takes a plus in a query for a space, an encoded one for itself', async ({ target }) => {
    const name = uniqueName();
    expect((await doctor.send('updateMe', { body: { displayName: `${name} + 1` } })).status).toBe(200);
    const headers = { authorization: `Bearer ${user.token}` };
    const find = async (q: string): Promise<unknown> => {
      const answer = await target.raw({ method: 'GET', path: `/v1/doctors?q=${q}`, headers });
      expect(answer.status, q).toBe(200);
      return (answer.body as { items: { id: string }[] }).items.map(({ id }) => id);
    };
    for (const q of [`${name}+%2B+1`, `${name}%20%2B%201`]) expect(await find(q), q).toEqual([doctor.id]);
    for (const q of [`${name}+++1`, `${name}%20+%201`]) expect(await find(q), q).toEqual([]);
  });

  test('takes a pair of escaped surrogates as the one character it is', async () => {
    const answer = await user.send('updateMe', { rawBody: '{"displayName":"\\ud83d\\udc69"}' });
    expect(answer.status).toBe(200);
    expect(answer.body.displayName).toBe('👩');
  });

  test('counts code points: 100 emoji are allowed, 101 are not', async () => {
    const allowed = await user.send('updateMe', { body: { displayName: '👩'.repeat(100) } });
    expect(allowed.status).toBe(200);
    expect(allowed.body.displayName).toBe('👩'.repeat(100));
    for (const displayName of ['👩'.repeat(101), 'a'.repeat(101), 'e\u0308'.repeat(51)]) {
      const answer = await user.send('updateMe', { body: { displayName } });
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        expect.objectContaining({ in: 'body', pointer: '/displayName', rule: 'maxLength' }),
      ]);
    }
  });

  test('refuses a name of white space alone, of whatever kind', async () => {
    for (const displayName of [' ', '\t\n', '\u00a0', '\u3000\u2003', '\u2028', '\u0085']) {
      expect(await user.send('updateMe', { body: { displayName } })).toBeProblem(400, 'validation-failed');
    }
    expect((await user.send('updateMe', { body: { displayName: '\u200b' } })).status).toBe(200);
  });

  keepsBothSides(test, 'http/text-verbatim', { doctor, user });
});
