import type { Actor, SendOptions } from '../actors.ts';
import type { Answer } from '../driver/answer.ts';
import { sendRaw } from '../driver/raw.ts';

/**
 * The answer to a request for events, without the stream, which would not end: HEAD answers as GET does, and where it
 * refuses GET is asked for the body.
 */
export async function askForStream(actor: Actor, options: SendOptions): Promise<Answer> {
  const { target, token } = actor;
  const search = new URLSearchParams(
    Object.entries(options.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const headers = {
    ...target.headers,
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...options.headers,
  };
  const path = `/v1/events${search === '' ? '' : `?${search}`}`;
  const head = await sendRaw(target.urls[0] ?? '', { method: 'HEAD', path, headers }, target);
  return head.status === 200 ? head : actor.send('streamEvents', options);
}
