import { expect, test } from 'vitest';
import type { Account } from '../../api/schema.ts';
import { changesOf } from './use-profile.ts';
import { newAccount } from './use-sign-up.ts';

const person = {
  email: 'ada@example.org',
  password: 'secret-secret',
  displayName: 'Ada',
  specialty: '',
  inviteCode: '',
};
const account = { role: 'doctor', displayName: 'Ada', specialty: null, timeZone: 'UTC' } as Account;

test('a patient is sent without what is for doctors', () => {
  const sent = newAccount({ ...person, role: 'user', specialty: 'Surgery', inviteCode: 'code' });
  expect(sent).toEqual({ email: person.email, password: person.password, displayName: 'Ada', role: 'user' });
});

test('of a doctor what was left empty is left out', () => {
  expect(newAccount({ ...person, role: 'doctor', inviteCode: 'code' })).not.toHaveProperty('specialty');
});

test('only what differs is changed', () => {
  expect(changesOf(account, 'UTC', { displayName: 'Ada', specialty: '', timeZone: 'UTC' })).toEqual({});
  // Times are shown in the browser's zone as long as nobody chose UTC: so does the form.
  const chosen = { displayName: 'Ada', specialty: '', timeZone: 'UTC' };
  expect(changesOf(account, 'Europe/Berlin', { ...chosen, timeZone: 'Europe/Berlin' })).toEqual({});
  expect(changesOf(account, 'Europe/Berlin', chosen)).toEqual({ timeZone: 'UTC' });
  expect(changesOf(account, 'UTC', { displayName: 'Ada L.', specialty: 'Surgery', timeZone: 'UTC' })).toEqual({
    displayName: 'Ada L.',
    specialty: 'Surgery',
  });
});
