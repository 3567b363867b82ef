import { hash, verify } from '@node-rs/argon2';

// OWASP's minimum; algorithm 2 is argon2id (the package's const enum cannot be imported under type stripping).
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * The argon2id hash of a password, of all of its bytes.
 *
 * @rule accounts/password
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/**
 * Whether the password is that of the hash. Without a hash the same work is done, for nothing.
 *
 * @rule sessions/no-account-oracle
 */
export async function isPasswordOf(passwordHash: string | undefined, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? hashOfNobody, password);
  // Hashing makes U+FFFD of a lone surrogate, which no password has.
  return isRight && passwordHash !== undefined && password.isWellFormed();
}

/** Of the same cost as all others; written down, so that no start has to make it. */
export const hashOfNobody =
  '$argon2id$v=19$m=19456,t=2,p=1$ZvkSmbhBgLwFfk88JOEtrw$Ib9CqeQM0PxOJSmaej9u3sVgGTyUu1hgIUWgQpvQh1s';
