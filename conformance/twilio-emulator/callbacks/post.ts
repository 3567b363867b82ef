import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export type Outgoing = { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body: string };

/** As long as Twilio waits for an answer. */
const patienceMs = 15_000;

/** Sends a request on a connection of its own and gives the answer's status. Rejects when there is none in 15 seconds. */
export function send({ url, method, headers, body }: Outgoing): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const open = url.startsWith('https:') ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(patienceMs);
  const outgoing = open(url, { method, headers, agent: false, signal }, (response) => {
    response.resume();
    response.on('error', reject);
    response.on('end', () => resolve(response.statusCode ?? 0));
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}
