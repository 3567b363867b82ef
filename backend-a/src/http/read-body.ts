import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

const limit = 65_536;

/**
 * Reads and checks a body, in the contract's order: its size, its media type, its form.
 *
 * @returns undefined when there is none and none is required
 * @rule http/body-limit
 * @rule http/media-type
 * @rule http/malformed-body
 */
export async function readJsonBody(request: IncomingMessage, isRequired: boolean): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    if (!isRequired) return undefined;
    throw new Problem('malformed-body', 'The body is missing; send a JSON document.');
  }
  mustBeJson(request);
  if (!isUtf8(bytes)) throw new Problem('malformed-body', 'The body is not UTF-8; send JSON encoded in UTF-8.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem('malformed-body', 'The body is not JSON; send one JSON document.', { cause });
  }
}

/** All bytes of a body. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (problem: Problem) => {
      request.removeListener('data', onData);
      reject(problem);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) stop(tooLarge());
    };
    const onBreak = (cause?: Error) =>
      stop(new Problem('malformed-body', 'The body ended before it was whole.', { cause }));
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', onBreak).once('close', onBreak);
  });
}

function mustBeJson({ headers }: IncomingMessage): void {
  if (headers['content-encoding'] !== undefined) {
    throw new Problem('unsupported-media-type', 'The body has a Content-Encoding; send it as it is, without one.');
  }
  if (!isJson(headers['content-type'] ?? '')) {
    throw new Problem('unsupported-media-type', 'The body must be application/json in UTF-8; say so in Content-Type.');
  }
}

function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charsets = parameters.filter((part) => /^charset\s*=/i.test(part));
  return type.toLowerCase() === 'application/json' && charsets.every((part) => /^charset="?utf-8"?$/i.test(part));
}

function tooLarge(): Problem {
  return new Problem('payload-too-large', `The body is over ${limit} bytes; send a smaller one.`);
}
