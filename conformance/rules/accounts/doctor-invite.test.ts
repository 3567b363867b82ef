import { expect } from 'vitest';
import { type SendOptions, uniqueName } from '../../src/actors.ts';
import { rule } from '../../src/rule.ts';

function registration(more: object): SendOptions {
  const email = `invite-${uniqueName()}@duet.invalid`;
  return { body: { email, password: 'long enough for anybody', displayName: 'Duet invited', ...more } };
}

/** What is almost the code, or as long, or far longer. */
function wrongCodes(code: string): string[] {
  const turned = `${code.slice(0, -1)}${code.endsWith('x') ? 'y' : 'x'}`;
  const near = ['', ' ', code.slice(0, -1), code.slice(1), `${code}x`, ` ${code}`, `${code}\n`, turned];
  const alike = [code.toUpperCase(), code.toLowerCase(), 'é'.repeat(code.length), '😀'.repeat(code.length)];
  return [...near, ...alike, '0'.repeat(1024)].filter((wrong) => wrong !== code);
}

rule('accounts/doctor-invite', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('makes a doctor of whoever has the code', async ({ target }) => {
    expect(doctor.account).toMatchObject({ role: 'doctor', specialty: null });
    const options = registration({ role: 'doctor', inviteCode: target.inviteCode, specialty: 'Heart & lungs' });
    const created = await target.nobody.send('createAccount', options);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ role: 'doctor', specialty: 'Heart & lungs' });
  });

  test('refuses a doctor without the code, and keeps nothing of it', async ({ target }) => {
    const { body } = registration({ role: 'doctor' });
    expect(await target.nobody.send('createAccount', { body })).toBeProblem(403, 'invite-required');
    const asUser = await target.nobody.send('createAccount', { body: { ...(body as object), role: 'user' } });
    expect(asUser.status).toBe(201);
    expect(asUser.body.role).toBe('user');
  });

  test('refuses every code but the one', async ({ target }) => {
    for (const inviteCode of wrongCodes(target.inviteCode)) {
      const answer = await target.nobody.send('createAccount', registration({ role: 'doctor', inviteCode }));
      expect(answer, JSON.stringify(inviteCode.slice(0, 40))).toBeProblem(403, 'invite-required');
    }
  });

  test('tells a missing or wrong invite before a taken email', async ({ target }) => {
    const taken = { email: user.email, role: 'doctor' };
    const refused = async (more: object) => target.nobody.send('createAccount', registration({ ...taken, ...more }));
    expect(await refused({})).toBeProblem(403, 'invite-required');
    expect(await refused({ inviteCode: `${target.inviteCode}x` })).toBeProblem(403, 'invite-required');
    expect(await refused({ inviteCode: target.inviteCode })).toBeProblem(409, 'email-taken');
  });

  test('ignores the inviteCode of a user', async ({ target }) => {
    for (const inviteCode of ['wrong', target.inviteCode]) {
      const created = await target.nobody.send('createAccount', registration({ role: 'user', inviteCode }));
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({ role: 'user', specialty: null });
    }
  });

  test('refuses a specialty from a user as an unknown property', async ({ target }) => {
    for (const more of [{}, { inviteCode: target.inviteCode }]) {
      const options = registration({ role: 'user', specialty: 'Hearts', ...more });
      const answer = await target.nobody.send('createAccount', options);
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(answer.problem.errors).toEqual([
        { in: 'body', pointer: '/specialty', rule: 'unknown', message: expect.stringMatching(/\S/) },
      ]);
    }
  });

  test('holds updateMe to the same', async () => {
    const answer = await user.send('updateMe', { body: { displayName: 'Duet healer', specialty: 'Hearts' } });
    expect(answer).toBeProblem(400, 'validation-failed');
    expect(answer.problem.errors).toEqual([
      { in: 'body', pointer: '/specialty', rule: 'unknown', message: expect.stringMatching(/\S/) },
    ]);
    expect((await user.send('getMe')).body).toEqual(user.account);
    const changed = await doctor.send('updateMe', { body: { specialty: 'Hearts' } });
    expect(changed.status).toBe(200);
    expect(changed.body.specialty).toBe('Hearts');
  });

  test('knows two roles, and takes one of them', async ({ target }) => {
    for (const role of ['admin', 'Doctor', 'DOCTOR', ' user', '', ['doctor'], true]) {
      const answer = await target.nobody.send('createAccount', registration({ role, inviteCode: target.inviteCode }));
      expect(answer, JSON.stringify(role)).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map(({ pointer }) => pointer))).toEqual(new Set(['/role']));
    }
    const missing = await target.nobody.send('createAccount', registration({}));
    expect(missing).toBeProblem(400, 'validation-failed');
    expect(missing.problem.errors).toEqual([
      expect.objectContaining({ in: 'body', pointer: '/role', rule: 'required' }),
    ]);
  });

  test('refuses a code that is no text, or of more than 1,024 characters', async ({ target }) => {
    for (const inviteCode of [5, 'x'.repeat(1025), [target.inviteCode]]) {
      const answer = await target.nobody.send('createAccount', registration({ role: 'doctor', inviteCode }));
      expect(answer).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map(({ pointer }) => pointer))).toEqual(new Set(['/inviteCode']));
    }
  });
});
