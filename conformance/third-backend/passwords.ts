import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export type PasswordHash = { nonce: Buffer; tag: Buffer };

const hash = promisify(argon2);
/** Some 10 ms, for data that end with the process; what is kept deserves four times as much. */
const COST = { memory: 8_192, passes: 1, parallelism: 1, tagLength: 32 };

export async function hashPassword(password: string): Promise<PasswordHash> {
  const nonce = randomBytes(16);
  return { nonce, tag: await hash('argon2id', { ...COST, message: password, nonce }) };
}

/** The password of nobody: where there is no account, the same work is done on this one. */
const nobodys = await hashPassword(randomBytes(32).toString('hex'));

/** Takes as long for nobody's as for somebody's. */
export async function isPassword(password: string, known: PasswordHash | undefined): Promise<boolean> {
  const { nonce, tag } = known ?? nobodys;
  const given = await hash('argon2id', { ...COST, message: password, nonce });
  // In UTF-8 a lone surrogate becomes U+FFFD, which a password may hold.
  return timingSafeEqual(given, tag) && known !== undefined && password.isWellFormed();
}
