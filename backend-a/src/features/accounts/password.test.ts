import { expect, test } from 'vitest';
import { hashOfNobody, hashPassword, isPasswordOf } from './password.ts';

const long = 'p'.repeat(127);

test('a password is stored as argon2id and counts to its last character', async () => {
  const hash = await hashPassword(`${long}a`);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPasswordOf(hash, `${long}a`)).toBe(true);
  expect(await isPasswordOf(hash, `${long}b`)).toBe(false);
});

test('the hash of nobody costs as much to verify as any other', async () => {
  const costOf = (hash: string) => hash.split('$').slice(0, 4);
  expect(costOf(hashOfNobody)).toEqual(costOf(await hashPassword(long)));
});

test('nobody has no password, not even a known one', async () => {
  expect(await isPasswordOf(undefined, 'a password that nobody has')).toBe(false);
});
