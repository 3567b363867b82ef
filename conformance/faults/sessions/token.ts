import { randomBytes } from 'node:crypto';
import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./token.wrapper.ts', import.meta.url));

export default faults('sessions/token', {
  'a-second-less': {
    describe: 'a session ends a second before 12 hours',
    neighbours: ['sessions/required'],
    override: (honest) => ({ sessionExpiry: (now) => honest.sessionExpiry(now) - 1_000 }),
  },
  'a-day-long': {
    describe: 'a session lasts 24 hours',
    neighbours: ['sessions/required'],
    override: (honest) => ({ sessionExpiry: (now) => honest.sessionExpiry(now) + 43_200_000 }),
  },
  'half-random': {
    describe: 'the first half of every token is the same',
    override: () => ({ newToken: () => Buffer.concat([Buffer.alloc(16, 7), randomBytes(16)]).toString('base64url') }),
  },
  'digits-alone': {
    describe: 'a token is made of decimal digits, too few for 256 bits',
    neighbours: ['sessions/required'],
    override: () => ({ newToken: () => [...randomBytes(48)].map((byte) => byte % 10).join('') }),
  },
  'email-case-counts': {
    describe: 'login wants the email in the case in which it was given',
    neighbours: ['accounts/unique-email'],
    override: (honest) => ({ isLoginEmail: (account, sent) => account.email === honest.shownEmail(sent) }),
  },
  'email-untrimmed': {
    describe: 'login does not trim the email',
    override: () => ({ isLoginEmail: (_, sent) => sent.trim() === sent }),
  },
  'stored-in-clear': mode('in-clear', 'tokens are kept in clear in a table of their own'),
  'stored-in-hex': mode('bytes-in-hex', 'tokens are kept in hex in a table of their own'),
});
