import { Problem, type ValidationError } from '../../problem.ts';

export type Role = 'doctor' | 'user';

export interface Account {
  id: string;
  email: string;
  role: Role;
  displayName: string;
  specialty: string | null;
  timeZone: string;
  createdAt: Date;
}

/** What other people see of an account. */
export interface Profile {
  id: string;
  role: Role;
  displayName: string;
  specialty: string | null;
}

/** Email as it is kept: trimmed of ASCII white space. */
export function trimmedEmail(email: string): string {
  return email.replaceAll(/^[\t-\r ]+|[\t-\r ]+$/g, '');
}

/** Text as it is compared: without regard to case, by ECMAScript's rules. */
export function folded(text: string): string {
  return text.toLowerCase();
}

/** @rule accounts/doctor-invite */
export function checkInvite(role: Role, inviteCode: string | undefined, expected: string): void {
  if (role === 'doctor' && inviteCode !== expected) {
    throw new Problem('invite-required', 'A doctor needs the invite code of this installation; ask for it.');
  }
}

/** A user has no specialty: the property is unknown to the role. */
export function specialtyErrors(role: unknown, body: unknown): ValidationError[] {
  const hasSpecialty = typeof body === 'object' && body !== null && Object.hasOwn(body, 'specialty');
  if (role !== 'user' || !hasSpecialty) return [];
  return [{ in: 'body', pointer: '/specialty', rule: 'unknown', message: 'is for doctors alone' }];
}

/** @rule accounts/unique-email */
export function emailTaken(): Problem {
  return new Problem('email-taken', 'There is an account with this email; log in, or use another email.');
}

export function toRole(text: string): Role {
  if (text === 'doctor' || text === 'user') return text;
  throw new Error(`The database holds the unknown role ${text}`);
}

/** @rule accounts/profile */
export function profileOf({ id, role, displayName, specialty }: Profile): Profile {
  return { id, role, displayName, specialty };
}
