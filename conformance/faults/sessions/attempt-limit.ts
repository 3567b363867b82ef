import { setTimeout as wait } from 'node:timers/promises';
import { faults } from '../declare.ts';

const minute = 60_000;

export default faults('sessions/attempt-limit', {
  eleven: {
    describe: 'the eleventh failure is the last one that answers 401',
    override: () => ({ isLimited: (failures) => failures >= 11 }),
  },
  nine: {
    describe: 'the tenth attempt is refused',
    override: () => ({ isLimited: (failures) => failures >= 9 }),
  },
  'each-replica-alone': {
    describe: 'every replica counts its own failures',
    override: (honest) => ({
      failuresInWindow: (failures, now, replica) =>
        honest.failuresInWindow(failures, now, replica).filter((failure) => failure.replica === replica),
    }),
  },
  'right-password-passes': {
    describe: 'the right password is let in all the same',
    override: () => ({ isLimitChecked: (_, isPasswordRight) => !isPasswordRight }),
  },
  'unknown-unlimited': {
    describe: 'an unknown email is never limited',
    override: () => ({ isLimitChecked: (isEmailKnown) => isEmailKnown }),
  },
  'letter-case-counts': {
    describe: 'another letter case of the email has its own ten attempts',
    override: () => ({ attemptKey: (_, asSent) => asSent }),
  },
  'success-clears': {
    describe: 'a successful login clears the failures',
    override: () => ({ clearsFailures: () => true }),
  },
  'refusals-prolong': {
    describe: 'attempts while closed keep it closed',
    override: () => ({ countsAsFailure: (answer) => answer !== 'right' }),
  },
  'window-closed': {
    describe: 'a failure of exactly 15 minutes ago still counts',
    override: () => ({
      failuresInWindow: (failures, now) => failures.filter(({ at }) => at <= now + 5_000 && at >= now - 15 * minute),
    }),
  },
  'window-of-ten': {
    describe: 'failures count for ten minutes alone',
    override: () => ({
      failuresInWindow: (failures, now) => failures.filter(({ at }) => at <= now + 5_000 && at > now - 10 * minute),
    }),
  },
  'later-failures-lost': {
    describe: 'a failure stamped a moment after now does not count',
    override: () => ({
      failuresInWindow: (failures, now) => failures.filter(({ at }) => at <= now && at > now - 15 * minute),
    }),
  },
  'later-failures-for-a-minute': {
    describe: 'failures stamped up to a minute after now count too',
    override: () => ({
      failuresInWindow: (failures, now) => failures.filter(({ at }) => at <= now + minute && at > now - 15 * minute),
    }),
  },
  'full-wait': {
    describe: 'Retry-After always says 15 minutes',
    override: () => ({ retryAfterSeconds: () => 900 }),
  },
  'check-then-count': {
    describe: 'simultaneous attempts see each other too late',
    isRace: true,
    override: () => ({ pauseBeforeWrite: (operationId) => (operationId === 'login' ? wait(20) : undefined) }),
  },
});
