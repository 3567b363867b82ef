import { absoluteUrl, useBackends } from './backends.ts';
import { createApiClient, sendOnce } from './plain-client.ts';
import type { ApiClient } from './schema.ts';
import { useSession } from './session.ts';

export { call, callForResponse } from './plain-client.ts';
export { ApiProblem } from './problem.ts';

const clients = new Map<string, ApiClient>();
const retryAfterMs = 400;

/** The client of the current backend, with its session. A request that an expired session lost is repeated after the next login. */
export function useApi(): { client: ApiClient } {
  const { current } = useBackends();
  const key = `${current.id} ${current.url}`;
  const known = clients.get(key);
  if (known) return { client: known };
  const client = createApiClient(absoluteUrl(current.url), (request) => sendWithSession(current.id, request));
  clients.set(key, client);
  return { client };
}

async function sendWithSession(backendId: string, request: Request): Promise<Response> {
  const session = useSession();
  const token = session.recordOf(backendId)?.token;
  if (!token) return send(request);
  const again = request.clone();
  const response = await send(withToken(request, token));
  if (response.status !== 401) return response;
  const next = await session.renew(backendId, token);
  return next === null ? response : send(withToken(again, next));
}

/** Reading is tried once more: a phone that changes its network loses one request, not the page. */
async function send(request: Request): Promise<Response> {
  if (request.method !== 'GET') return sendOnce(request);
  const again = request.clone();
  try {
    return await sendOnce(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    return sendOnce(again);
  }
}

function withToken(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}
