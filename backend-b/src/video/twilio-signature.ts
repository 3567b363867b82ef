import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/** The fields of a form; one that was given more than once has all its values. */
export type FormFields = Record<string, string | string[]>;

/**
 * Whether a callback was signed with the account's auth token, over this URL and all fields received.
 * @rule webhooks/signature
 */
export function isSignedByTwilio(
  authToken: string,
  { signature, url, fields }: { signature: string; url: string; fields: FormFields },
): boolean {
  return validateRequest(authToken, signature, url, fields);
}
