import type { paths } from '@duet/contract/types';
import createClient from 'openapi-fetch';
import { problemOfAnswer, problemOfFailure } from './problem.ts';
import type { ApiClient } from './schema.ts';

/** Longer than any documented wait of a backend: joinCall may take 5 s, and a lock as long. */
const patienceMs = 20_000;

type Send = (request: Request) => Promise<Response>;

/** openapi-fetch on the contract's types; how a request is sent is an argument, so that a session can stand behind it. */
export function createApiClient(baseUrl: string, send: Send = sendOnce): ApiClient {
  return createClient<paths>({ baseUrl, fetch: send });
}

/** Sends it; no answer in time is a failure like any other. */
export function sendOnce(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)]) });
}

type Answer<Data> = { data?: Data; error?: unknown; response: Response };

/** The data of an answer. @throws ApiProblem, or AbortError when the caller ended the request. */
export async function call<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  return (await callForResponse(answer)).data;
}

/** The data with the response, for those who need its ETag or status. @throws as `call` does */
export async function callForResponse<Data>(
  answer: Promise<Answer<Data>>,
): Promise<{ data: Data; response: Response; etag: string | null }> {
  const { data, error, response } = await answer.catch((failure: unknown) => {
    throw problemOfFailure(failure);
  });
  if (!response.ok) throw problemOfAnswer(error, response);
  return { data: data as Data, response, etag: response.headers.get('ETag') };
}
