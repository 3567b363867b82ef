export type Role = 'doctor' | 'user';

/** An account as its owner sees it. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly displayName: string;
  readonly specialty: string | null;
  readonly timeZone: string;
  readonly createdAt: Date;
}

/** An account as other people see it. */
export interface Profile {
  readonly id: string;
  readonly role: Role;
  readonly displayName: string;
  readonly specialty: string | null;
}

export interface AccountChange {
  readonly displayName?: string;
  readonly specialty?: string;
  readonly timeZone?: string;
}

export function profileOf({ id, role, displayName, specialty }: Profile): Profile {
  return { id, role, displayName, specialty };
}
