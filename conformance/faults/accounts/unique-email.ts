import { setTimeout as wait } from 'node:timers/promises';
import { faults } from '../declare.ts';

const asciiLower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export default faults('accounts/unique-email', {
  'letter-case-counts': {
    describe: 'two emails that differ in a capital letter are two accounts',
    neighbours: ['sessions/token', 'sessions/attempt-limit'],
    override: (honest) => ({ emailKey: (email) => honest.shownEmail(email) }),
  },
  'ascii-case-alone': {
    describe: 'only the case of ASCII letters is ignored',
    neighbours: ['sessions/token'],
    override: (honest) => ({ emailKey: (email) => asciiLower(honest.shownEmail(email)) }),
  },
  'space-counts': {
    describe: 'white space around an email makes another one',
    neighbours: ['sessions/token', 'sessions/attempt-limit'],
    override: () => ({ emailKey: (email) => email.toLowerCase() }),
  },
  'shown-untrimmed': {
    describe: 'an email is shown with the white space around it',
    override: () => ({ shownEmail: (email) => email }),
  },
  'shown-lower-case': {
    describe: 'an email is shown in lower case',
    override: (honest) => ({ shownEmail: (email) => honest.shownEmail(email).toLowerCase() }),
  },
  'tabs-stay': {
    describe: 'only spaces are trimmed, tabs and line ends stay',
    override: () => ({ shownEmail: (email) => email.replace(/^ +| +$/g, '') }),
  },
  'check-then-write': {
    describe: 'simultaneous creations see each other too late',
    isRace: true,
    override: () => ({ pauseBeforeWrite: (operationId) => (operationId === 'createAccount' ? wait(30) : undefined) }),
  },
});
