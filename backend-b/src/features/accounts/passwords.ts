import { hash, verify } from '@node-rs/argon2';

// OWASP's minimum for argon2id; the library's default algorithm is argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// No password verifies against it; it was made at the same cost as every other.
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$QUFBQUFBQUFBQUFBQUFBQQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** @rule accounts/password */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * Whether the password is the account's. Without an account the same work is done, and the answer is no.
 * @rule sessions/no-account-oracle
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const isRight = await verify(passwordHash ?? NOBODYS_HASH, password);
  // In UTF-8 a lone surrogate is U+FFFD, so that another text would be right, too.
  return isRight && passwordHash !== undefined && password.isWellFormed();
}
