import { EntitySchema } from 'typeorm';

export interface AccountRow {
  id: string;
  email: string;
  emailFolded: string;
  passwordHash: string;
  role: 'doctor' | 'user';
  displayName: string;
  displayNameFolded: string;
  specialty: string | null;
  specialtyFolded: string | null;
  timeZone: string;
  createdAt: Date;
}

export const accountEntity = new EntitySchema<AccountRow>({
  name: 'Account',
  tableName: 'accounts',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'accounts_pkey' },
    email: { type: 'text' },
    emailFolded: { name: 'email_folded', type: 'text' },
    // Read only where it is asked for.
    passwordHash: { name: 'password_hash', type: 'text', select: false },
    role: { type: 'text' },
    displayName: { name: 'display_name', type: 'text', collation: 'C' },
    displayNameFolded: { name: 'display_name_folded', type: 'text' },
    specialty: { type: 'text', nullable: true },
    specialtyFolded: { name: 'specialty_folded', type: 'text', nullable: true },
    timeZone: { name: 'time_zone', type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz', precision: 3 },
  },
  uniques: [{ name: 'accounts_email_folded_key', columns: ['emailFolded'] }],
  checks: [{ name: 'accounts_role_check', expression: `role IN ('doctor', 'user')` }],
  indices: [{ name: 'accounts_directory', columns: ['displayName', 'id'], where: `role = 'doctor'` }],
});
