import { describe, expect, it } from 'vitest';
import { checkInvite, specialtyErrors, trimmedEmail } from './accounts.rules.ts';
import { hashPassword, isPassword } from './passwords.ts';

describe('accounts', () => {
  it('trim ASCII white space alone from an email', () => {
    expect(trimmedEmail(' \t\u000ba@b\r\n')).toBe('a@b');
    expect(trimmedEmail('\u00a0a@b')).toBe('\u00a0a@b');
  });

  it('ask doctors for the invite code, and nobody else', () => {
    expect(() => checkInvite('doctor', undefined, 'code')).toThrow(
      expect.objectContaining({ code: 'invite-required' }),
    );
    expect(() => checkInvite('doctor', 'wrong', 'code')).toThrow(expect.objectContaining({ code: 'invite-required' }));
    expect(() => checkInvite('doctor', 'code', 'code')).not.toThrow();
    expect(() => checkInvite('user', 'wrong', 'code')).not.toThrow();
  });

  it('have a specialty for doctors alone', () => {
    expect(specialtyErrors('user', { specialty: 'x' })).toMatchObject([{ pointer: '/specialty', rule: 'unknown' }]);
    expect(specialtyErrors('doctor', { specialty: 'x' })).toEqual([]);
    expect(specialtyErrors('user', null)).toEqual([]);
  });

  it('ignore no character of a password', async () => {
    const long = 'x'.repeat(127);
    const hash = await hashPassword(`${long}a`);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(`${long}a`, hash)).toBe(true);
    expect(await isPassword(`${long}b`, hash)).toBe(false);
  });

  it("do an account's work for nobody's password", async () => {
    expect(await isPassword('anything', undefined)).toBe(false);
  });
});
