import { withoutHeader } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('sessions/logout', {
  'lives-elsewhere': {
    describe: 'the token lives on at the other replica',
    neighbours: ['sessions/logout-everywhere'],
    override: () => ({ isRevoked: (session, replica) => session.revokedOn === replica }),
  },
  'all-revoked': {
    describe: 'the other sessions of the account are revoked too',
    neighbours: ['sessions/own-data-only'],
    override: () => ({ sessionsToRevoke: (_, ofAccount) => ofAccount }),
  },
  twice: {
    describe: 'a second logout with the same token is 204',
    neighbours: ['sessions/required'],
    intercept: async (visit, next) => {
      const reply = await next();
      const isRepeat =
        visit.operationId === 'logout' &&
        reply.status === 401 &&
        /^Bearer [\w-]{43}$/.test(visit.headers['authorization'] ?? '');
      return isRepeat ? { ...withoutHeader('content-type')(reply), status: 204, body: '' } : reply;
    },
  },
  'newest-alone': {
    describe: 'the newest session of the account is revoked, whichever asks',
    override: () => ({
      sessionsToRevoke: (_, ofAccount, everywhere) => (everywhere ? ofAccount : ofAccount.slice(-1)),
    }),
  },
});
