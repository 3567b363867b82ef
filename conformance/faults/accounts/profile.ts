import { faults } from '../declare.ts';
import { forgiving, valueAt } from '../validation.ts';

export default faults('accounts/profile', {
  'old-name-elsewhere': {
    describe: 'an appointment shows the names of the time when it was booked',
    override: (honest) => {
      const first = new Map<unknown, unknown>();
      return {
        shownAppointment: (view) => {
          const people = first.get(view['id']) ?? { doctor: view['doctor'], user: view['user'] };
          first.set(view['id'], people);
          return { ...honest.shownAppointment(view), ...Object(people) };
        },
      };
    },
  },
  'old-name-in-profile': {
    describe: 'the public profile of a doctor keeps the first name',
    neighbours: ['doctors/directory', 'appointments/etag'],
    override: (honest) => {
      const first = new Map<string, string>();
      return {
        shownProfile: (account) => {
          const displayName = first.get(account.id) ?? account.displayName;
          first.set(account.id, displayName);
          return { ...honest.shownProfile(account), displayName };
        },
      };
    },
  },
  'absent-is-null': {
    describe: 'a specialty that is not named in a change is lost',
    neighbours: ['doctors/directory'],
    override: () => ({ unchangedSpecialty: () => null }),
  },
  greenwich: {
    describe: 'the time zone is Etc/UTC until set',
    override: () => ({ newTimeZone: () => 'Etc/UTC' }),
  },
  'zone-in-any-case': {
    describe: 'a time zone in another letter case is taken',
    override: () => ({
      toldErrors: forgiving((error, request) => {
        const value = valueAt(error, request);
        return error.pointer === '/timeZone' && typeof value === 'string' && /^europe\/|^utc$|^[A-Z/]+$/.test(value);
      }),
    }),
  },
  'empty-change-refused': {
    describe: 'a change of nothing is refused',
    override: () => ({
      toldErrors: (found, { operationId, body }) =>
        operationId === 'updateMe' && found.length === 0 && Object.keys(Object(body)).length === 0
          ? [{ in: 'body', pointer: '', rule: 'minProperties', message: 'names nothing' }]
          : found,
    }),
  },
  'blank-name-taken': {
    describe: 'a name of white space alone is taken',
    override: () => ({
      toldErrors: forgiving((error, request) => {
        const value = valueAt(error, request);
        return error.pointer === '/displayName' && typeof value === 'string' && value !== '' && value.trim() === '';
      }),
    }),
  },
  'one-more-taken': {
    describe: 'a name of 101 code points is taken',
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.pointer === '/displayName' && [...String(valueAt(error, request))].length === 101,
      ),
    }),
  },
});
