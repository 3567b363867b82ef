import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Problem } from '../problem.ts';

const MOST_BYTES = 65_536;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as the contract says: its limit comes first, then the media type, then what the bytes mean.
 * A body where none is documented is left unread.
 */
export const jsonBodies = plugin(
  async (app: FastifyInstance) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', readBody);
    // Fastify refuses odd media types before any parser is asked, also where a body is to be ignored.
    app.addHook('onRequest', async (request) => {
      if (!expectsBody(request) && request.headers['content-type'] !== undefined) {
        request.headers = { 'content-type': undefined };
      }
    });
  },
  { name: 'json-bodies' },
);

async function readBody(request: FastifyRequest, payload: IncomingMessage): Promise<unknown> {
  if (!expectsBody(request)) return undefined;
  const bytes = await readBytes(request, payload);
  checkMediaType(request, bytes.length);
  return bytes.length === 0 ? undefined : parseJson(bytes);
}

function expectsBody(request: FastifyRequest): boolean {
  const { operation } = request.routeOptions.config;
  return operation !== undefined && operation.body !== 'none';
}

/** @rule http/body-limit */
async function readBytes(request: FastifyRequest, payload: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length']) > MOST_BYTES) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_BYTES) reject(tooLarge());
      else chunks.push(chunk);
    });
    payload.on('end', () => resolve(Buffer.concat(chunks, length)));
    payload.on('error', (cause) =>
      reject(new Problem('malformed-body', 'The body broke off before its end; send it again.', { cause })),
    );
  });
}

/** @rule http/media-type */
function checkMediaType(request: FastifyRequest, length: number): void {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (type === undefined && length === 0) return;
  const [mediaType = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter),
  );
  if (mediaType === 'application/json' && isUtf8 && encoding === undefined) return;
  throw new Problem(
    'unsupported-media-type',
    'The body must be application/json in UTF-8, not encoded further; send it so.',
  );
}

/** @rule http/malformed-body */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new Problem('malformed-body', 'The body is no JSON text in UTF-8; mend it.', { cause });
  }
}

function tooLarge(): Problem {
  return new Problem('payload-too-large', `The body is over ${MOST_BYTES} bytes; send a smaller one.`);
}
