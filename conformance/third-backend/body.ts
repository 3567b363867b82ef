import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import { Problem } from './problem.ts';

const MOST_BYTES = 65_536;

/**
 * A request's JSON; undefined where there is no body and none is required.
 * @throws Problem payload-too-large, unsupported-media-type or malformed-body, looked for in this order
 */
export async function readJson(request: IncomingMessage, { isRequired }: { isRequired: boolean }): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    if (!isRequired) return undefined;
    throw new Problem('malformed-body', 'This operation needs a body. Send one as JSON.');
  }
  if (!isJson(request.headers['content-type']) || request.headers['content-encoding'] !== undefined)
    throw new Problem('unsupported-media-type', 'Send the body as application/json in UTF-8, without an encoding.');
  try {
    // A byte order mark is kept, and is no JSON.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Problem('malformed-body', 'The body is no JSON in UTF-8. Correct it and send it again.');
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  // Left early, it must not cut the connection: there is an answer to come.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new Problem('payload-too-large', 'A body may have 65,536 bytes. Send less.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function isJson(header: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(header ?? '');
    return essence === 'application/json' && (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
  } catch {
    return false;
  }
}
