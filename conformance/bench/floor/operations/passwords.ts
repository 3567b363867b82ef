import { hash, type Options, verify } from '@node-rs/argon2';

/** The library's own name for it is an enum that only a compiler could look up. */
const argon2id = 2;

/** argon2id at OWASP's minimum, as the backends hash. */
export const hashing: Options = {
  algorithm: argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** What a password is compared with that can be no account's, so that the same work is done for it. */
const nobodys = hash('a password that nobody has', hashing);

/** Whether it is the password of that hash; without a hash it is none, after the same work. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isText = password.isWellFormed() && !password.includes('\0');
  const isRight = await verify((isText ? passwordHash : null) ?? (await nobodys), password, hashing);
  return isRight && isText && passwordHash !== null;
}
