import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

export default faults('accounts/doctor-invite', {
  'missing-taken': {
    describe: 'a doctor without an invite code is let in',
    override: (honest) => ({
      isInviteRight: (sent, configured) => sent === undefined || honest.isInviteRight(sent, configured),
    }),
  },
  'letter-case-ignored': {
    describe: 'the case of the invite code does not count',
    override: () => ({ isInviteRight: (sent, configured) => sent?.toLowerCase() === configured.toLowerCase() }),
  },
  'beginning-suffices': {
    describe: 'what follows the right invite code is ignored',
    override: () => ({ isInviteRight: (sent, configured) => sent?.startsWith(configured) === true }),
  },
  'empty-taken': {
    describe: 'an empty invite code is let in',
    override: () => ({ isInviteRight: (sent, configured) => sent !== undefined && configured.startsWith(sent) }),
  },
  trimmed: {
    describe: 'white space around the invite code is ignored',
    override: () => ({ isInviteRight: (sent, configured) => sent?.trim() === configured }),
  },
  'users-too': {
    describe: 'a user with a wrong invite code is refused',
    override: () => {
      let isSent = false;
      return {
        needsInvite: (role) => role === 'doctor' || isSent,
        toldErrors: (found, { body }) => {
          isSent = typeof body === 'object' && body !== null && 'inviteCode' in body;
          return found;
        },
      };
    },
  },
  'email-first': {
    describe: 'a taken email is told before a missing invite',
    neighbours: ['http/order-of-checks'],
    override: () => ({
      firstRefusal: (isInviteMissing, isTaken) =>
        isTaken ? 'email-taken' : isInviteMissing ? 'invite-required' : undefined,
    }),
  },
  'specialty-of-user': {
    describe: 'a specialty from a user is taken and dropped at creation',
    neighbours: ['accounts/profile', 'http/closed-input', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: forgiving(
        (error, { operationId }) => error.pointer === '/specialty' && operationId === 'createAccount',
      ),
    }),
  },
  'specialty-on-change': {
    describe: 'a user may give itself a specialty later',
    override: () => ({
      toldErrors: forgiving(
        (error, { operationId }) =>
          error.pointer === '/specialty' && error.rule === 'unknown' && operationId === 'updateMe',
      ),
    }),
  },
});
