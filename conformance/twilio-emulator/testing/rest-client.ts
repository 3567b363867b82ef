import type { TwilioEmulator } from '../emulator.ts';
import { isJson, type Json } from '../json.ts';
import { wrongIn } from './description.ts';

export type RestAnswer = { status: number; body: Json; wrong: string[] };
export type RestClient = (
  method: string,
  path: string,
  form?: Record<string, string>,
  authorization?: string,
) => Promise<RestAnswer>;

/** Asks the emulator's REST API with the API key, and holds each answer against Twilio's description. */
export function restClient({ url, account }: TwilioEmulator): RestClient {
  const key = Buffer.from(`${account.apiKeySid}:${account.apiKeySecret}`).toString('base64');
  return async (method, path, form, authorization = `Basic ${key}`) => {
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: authorization },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const body: unknown = await response.json();
    if (!isJson(body)) throw new Error('the answer is no JSON object');
    const { pathname } = new URL(url + path);
    return { status: response.status, body, wrong: wrongIn({ method, path: pathname, status: response.status, body }) };
  };
}
