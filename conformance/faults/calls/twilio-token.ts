import { faults } from '../declare.ts';
import { wrappingWhole } from '../wrapping/declare.ts';

const mode = wrappingWhole(new URL('./twilio-token.wrapper.ts', import.meta.url));

export default faults('calls/twilio-token', {
  'an-hour': mode('an-hour', 'a token ends an hour after the join'),
  'a-second-more': mode('a-second-more', 'a token ends a second after the call'),
  'any-room': mode('any-room', 'a token is good for any room'),
  'another-identity': mode('another-identity', 'the identity is not the account id'),
  'chat-too': mode('chat-too', 'a token grants chat as well'),
  'one-id-for-all': mode('one-id-for-all', 'all tokens have one id', ['calls/rejoin']),
  'plain-jwt': mode('plain-jwt', 'the head of a token does not say twilio-fpa'),
  'another-secret': mode('another-secret', 'a token is signed with the auth token'),
  'expiry-told-otherwise': mode('expiry-told-otherwise', 'expiresAt is endsAt', ['calls/one-room']),
});
