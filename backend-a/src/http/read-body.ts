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
  mustBe('application/json', request);
  if (!isUtf8(bytes)) throw new Problem('malformed-body', 'The body is not UTF-8; send JSON encoded in UTF-8.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem('malformed-body', 'The body is not JSON; send one JSON document.', { cause });
  }
}

/**
 * Reads and checks a form, in the same order.
 *
 * @returns its fields in their order; a name may come more than once
 */
export async function readFormBody(request: IncomingMessage): Promise<[name: string, value: string][]> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) throw new Problem('malformed-body', 'The body is missing; send a form.');
  mustBe('application/x-www-form-urlencoded', request);
  try {
    return bytes
      .toString('latin1')
      .split('&')
      .filter((field) => field !== '')
      .map((field) => {
        const [name = '', ...value] = field.split('=');
        return [decodeField(name), decodeField(value.join('='))];
      });
  } catch (cause) {
    throw new Problem('malformed-body', 'The body is no form; percent-encode its fields as UTF-8.', { cause });
  }
}

/** @throws URIError, TypeError when the bytes are no UTF-8 */
function decodeField(text: string): string {
  const escaped = text.replaceAll('+', ' ').replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  return decodeURIComponent(escaped);
}

/** All bytes of a body. */
function readBytes(request: IncomingMessage): Promise<Buffer> {
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

function mustBe(mediaType: string, { headers }: IncomingMessage): void {
  if (headers['content-encoding'] !== undefined) {
    throw new Problem('unsupported-media-type', 'The body has a Content-Encoding; send it as it is, without one.');
  }
  if (!isInUtf8(mediaType, headers['content-type'] ?? '')) {
    throw new Problem('unsupported-media-type', `The body must be ${mediaType} in UTF-8; say so in Content-Type.`);
  }
}

function isInUtf8(mediaType: string, contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charsets = parameters.filter((part) => /^charset\s*=/i.test(part));
  return type.toLowerCase() === mediaType && charsets.every((part) => /^charset="?utf-8"?$/i.test(part));
}

function tooLarge(): Problem {
  return new Problem('payload-too-large', `The body is over ${limit} bytes; send a smaller one.`);
}
