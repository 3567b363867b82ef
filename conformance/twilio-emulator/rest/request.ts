import type { IncomingMessage } from 'node:http';

/** A request that was read to its end. `form` is empty when the body is no form. */
export type RestRequest = {
  method: string;
  /** Scheme and host as the client named them; answers build their URLs on it. */
  origin: string;
  path: string;
  segments: string[];
  query: URLSearchParams;
  contentType: string;
  body: string;
  form: URLSearchParams;
  authorization: string | null;
};

const formType = 'application/x-www-form-urlencoded';
const bodyLimit = 1024 * 1024;

/** Reads the whole request. Throws a RangeError when the body is over 1 MiB. */
export async function readRequest(message: IncomingMessage): Promise<RestRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new RangeError('the body is over 1 MiB');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const origin = `http://${message.headers.host ?? 'localhost'}`;
  const url = new URL(message.url ?? '/', origin);
  const contentType = (message.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return {
    method: message.method ?? 'GET',
    origin,
    path: url.pathname,
    segments: url.pathname.split('/').slice(1).map(decoded),
    query: url.searchParams,
    contentType,
    body,
    form: new URLSearchParams(contentType === formType ? body : ''),
    authorization: message.headers.authorization ?? null,
  };
}

/** Whether a body came that Twilio would not read. */
export function isForeignBody({ body, contentType }: RestRequest): boolean {
  return body !== '' && contentType !== formType;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
