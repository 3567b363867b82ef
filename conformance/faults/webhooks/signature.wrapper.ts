import { signatureOf } from '../../twilio-emulator/callbacks/signature.ts';
import { callbackUrl, type Fields, isCallback, passedOn, reading, rightSignature } from '../wrapping/callbacks.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Takes callbacks whose signature is not right, too. */
const taking = (fits: (sent: string | undefined, fields: Fields) => boolean) => (): Hooks =>
  reading((fields, { headers }) => {
    const sent = headers['x-twilio-signature'];
    return fits(typeof sent === 'string' ? sent : undefined, fields) ? passedOn(fields) : undefined;
  });

const token = process.env['TWILIO_AUTH_TOKEN'] ?? '';
const known =
  /^(AccountSid|RoomName|RoomSid|RoomStatus|RoomType|StatusCallbackEvent|Timestamp|SequenceNumber|Participant\w+)$/;
const onlyKnown = (fields: Fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => known.test(name)));

await wrap({
  honest: () => ({ proxy: {} }),
  'unsigned-taken': taking((sent) => sent === undefined),
  'any-taken': taking((sent) => sent !== undefined),
  'letter-case-ignored': taking((sent, fields) => sent?.toLowerCase() === rightSignature(fields).toLowerCase()),
  'url-alone': taking((sent) => sent === signatureOf(token, callbackUrl, {})),
  'unknown-fields-unsigned': taking((sent, fields) => sent === rightSignature(onlyKnown(fields))),
  'timestamp-unsigned': taking((sent, fields) => {
    const { Timestamp: _, ...others } = fields;
    return sent === rightSignature(others);
  }),
  'unknown-fields-refused': () =>
    reading((fields) =>
      Object.keys(fields).every((name) => known.test(name))
        ? undefined
        : { headers: { 'x-twilio-signature': '' }, body: new URLSearchParams(fields).toString() },
    ),
  'unauthenticated-instead': () => ({
    proxy: {
      isChanged: (asked, status) => isCallback(asked) && status === 403,
      change: (answer) => ({ ...answer, status: 401 }),
    },
  }),
});
