import { faults } from '../declare.ts';
import { wrappingWhole } from '../wrapping/declare.ts';

const mode = wrappingWhole(new URL('./signature.wrapper.ts', import.meta.url));

export default faults('webhooks/signature', {
  'unsigned-taken': mode('unsigned-taken', 'a callback without a signature is taken'),
  'any-taken': mode('any-taken', 'a callback with any signature is taken'),
  'letter-case-ignored': mode('letter-case-ignored', 'the letter case of a signature does not count'),
  'url-alone': mode('url-alone', 'a signature over the URL alone is taken'),
  'unknown-fields-unsigned': mode('unknown-fields-unsigned', 'a signature over the known fields alone is taken'),
  'timestamp-unsigned': mode('timestamp-unsigned', 'a signature without the Timestamp is taken'),
  'unknown-fields-refused': mode('unknown-fields-refused', 'a callback with unknown fields is refused', [
    'webhooks/room-status',
  ]),
  'unauthenticated-instead': mode('unauthenticated-instead', 'a wrong signature is 401', [
    'http/problem',
    'http/documented-response',
  ]),
});
