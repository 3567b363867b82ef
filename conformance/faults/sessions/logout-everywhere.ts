import { faults } from '../declare.ts';

export default faults('sessions/logout-everywhere', {
  'this-one-alone': {
    describe: 'only the session that asks is revoked',
    override: () => ({ sessionsToRevoke: (current) => [current] }),
  },
  'others-alone': {
    describe: 'the session that asks stays',
    override: () => ({
      sessionsToRevoke: (current, ofAccount, everywhere) =>
        everywhere ? ofAccount.filter((session) => session !== current) : [current],
    }),
  },
  'others-live-elsewhere': {
    describe: 'the other sessions live on at the other replica',
    override: (honest) => {
      const others = new WeakSet();
      return {
        sessionsToRevoke: (current, ofAccount, everywhere, now) => {
          if (everywhere) for (const session of ofAccount) if (session !== current) others.add(session);
          return honest.sessionsToRevoke(current, ofAccount, everywhere, now);
        },
        isRevoked: (session, replica) =>
          honest.isRevoked(session, replica) && !(others.has(session) && session.revokedOn !== replica),
      };
    },
  },
  'oldest-stays': {
    describe: 'the oldest of several sessions stays',
    override: () => ({
      sessionsToRevoke: (current, ofAccount, everywhere) =>
        everywhere ? [current, ...ofAccount.slice(ofAccount.length > 1 ? 1 : 0)] : [current],
    }),
  },
  'expired-unnamed': {
    describe: 'sessions that have expired are neither revoked nor named',
    override: () => ({
      sessionsToRevoke: (current, ofAccount, everywhere, now) =>
        everywhere ? ofAccount.filter((session) => session === current || session.expiresAt > now) : [current],
    }),
  },
});
