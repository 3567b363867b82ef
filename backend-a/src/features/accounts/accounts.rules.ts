import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem, type Place } from '../../problem.ts';
import { fold } from '../../text.ts';
import type { Role } from './account.ts';

const asciiWhiteSpaceAround = /^[\t-\r ]+|[\t-\r ]+$/g;

/** An email address as it is shown: its case as sent. */
export function trimEmail(email: string): string {
  return email.replace(asciiWhiteSpaceAround, '');
}

/**
 * An email address as it is compared.
 *
 * @rule accounts/unique-email
 */
export function foldEmail(email: string): string {
  return fold(trimEmail(email));
}

/**
 * @throws Problem invite-required when a doctor has not the configured invite code; a user needs none
 * @rule accounts/doctor-invite
 */
export function mustBeInvited(role: Role, inviteCode: string | undefined, configuredCode: string): void {
  if (role === 'user' || (inviteCode !== undefined && isSameText(inviteCode, configuredCode))) return;
  throw new Problem('invite-required', 'A doctor needs the invite code of this installation; ask whoever runs it.');
}

/**
 * Where a user names what only doctors have.
 *
 * @rule accounts/doctor-invite
 */
export function placesOfSpecialty(role: unknown, body: unknown): readonly Place[] {
  if (role !== 'user' || typeof body !== 'object' || body === null || !Object.hasOwn(body, 'specialty')) return [];
  return [{ in: 'body', pointer: '/specialty', rule: 'unknown', message: 'is for doctors alone' }];
}

function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
