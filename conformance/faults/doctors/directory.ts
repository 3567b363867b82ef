import { compareKeys } from '../../specimen/decisions/pages.ts';
import type { Account } from '../../specimen/world.ts';
import { faults } from '../declare.ts';

const textsOf = (account: Account) => [account.displayName, account.specialty ?? ''];

/** Finds as SQL's LIKE does, with what a person typed as the pattern. */
function likeQuery(account: Account, query: string, wildcards: Record<string, string>): boolean {
  const parts = [...query.toLowerCase()].map((one) => wildcards[one] ?? one.replace(/[.*+?^${}()|[\]\\/]/, '\\$&'));
  const pattern = new RegExp(parts.join(''), 'su');
  return textsOf(account).some((text) => pattern.test(text.toLowerCase()));
}

export default faults('doctors/directory', {
  'users-too': {
    describe: 'users are listed among the doctors',
    neighbours: ['http/pages'],
    override: () => ({ isDoctor: () => true }),
  },
  'utf-16-order': {
    describe: 'names are ordered by UTF-16 units',
    override: () => ({
      compareKeys: (left, right) => {
        const [one, other] = [left[0], right[0]];
        if (typeof one !== 'string' || typeof other !== 'string' || one === other) return compareKeys(left, right);
        return one < other ? -1 : 1;
      },
    }),
  },
  'locale-order': {
    describe: 'names are ordered as a dictionary of English does',
    neighbours: ['http/pages'],
    override: () => ({
      compareKeys: (left, right) =>
        typeof left[0] === 'string' && left[0] !== right[0]
          ? left[0].localeCompare(String(right[0]), 'en')
          : compareKeys(left, right),
    }),
  },
  'case-first': {
    describe: 'names are ordered without regard to case',
    neighbours: ['http/pages'],
    override: () => ({ doctorKey: (account) => [account.displayName.toLowerCase(), account.id] }),
  },
  'equal-names-by-age': {
    describe: 'doctors of one name are ordered by when they came',
    override: () => ({
      doctorKey: (account) => [account.displayName, String(account.createdAt).padStart(15, '0'), account.id],
    }),
  },
  'case-counts': {
    describe: 'q finds in its own letter case alone',
    override: () => ({ matchesQuery: (account, query) => textsOf(account).some((text) => text.includes(query)) }),
  },
  'ascii-case-alone': {
    describe: 'q ignores the case of ASCII letters alone',
    override: () => ({
      matchesQuery: (account, query) => {
        const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
        return textsOf(account).some((text) => lower(text).includes(lower(query)));
      },
    }),
  },
  'percent-is-anything': {
    describe: '% in q stands for anything',
    override: () => ({ matchesQuery: (account, query) => likeQuery(account, query, { '%': '.*' }) }),
  },
  'underscore-is-one': {
    describe: '_ in q stands for any character',
    override: () => ({ matchesQuery: (account, query) => likeQuery(account, query, { _: '.' }) }),
  },
  'backslash-escapes': {
    describe: 'a backslash in q is dropped',
    override: (honest) => ({
      matchesQuery: (account, query) => honest.matchesQuery(account, query.replaceAll('\\', '')),
    }),
  },
  trimmed: {
    describe: 'white space around q is dropped',
    override: (honest) => ({ matchesQuery: (account, query) => honest.matchesQuery(account, query.trim()) }),
  },
  'beginning-alone': {
    describe: 'q finds at the beginning alone',
    override: () => ({
      matchesQuery: (account, query) =>
        textsOf(account).some((text) => text.toLowerCase().startsWith(query.toLowerCase())),
    }),
  },
  'name-alone': {
    describe: 'q does not look at the specialty',
    neighbours: ['accounts/profile'],
    override: () => ({
      matchesQuery: (account, query) => account.displayName.toLowerCase().includes(query.toLowerCase()),
    }),
  },
  'email-too': {
    describe: 'q finds by email as well',
    override: (honest) => ({
      matchesQuery: (account, query) =>
        honest.matchesQuery(account, query) || account.email.toLowerCase().includes(query.toLowerCase()),
    }),
  },
  'across-both': {
    describe: 'q finds across the end of the name and the beginning of the specialty',
    override: () => ({
      matchesQuery: (account, query) => textsOf(account).join(' ').toLowerCase().includes(query.toLowerCase()),
    }),
  },
});
