import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Problem } from '../problem.ts';
import { decodePercent } from './query-string.ts';

const MOST_BYTES = 65_536;
const FORM = 'application/x-www-form-urlencoded';
// A byte order mark is no JSON.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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
  if (bytes.length === 0) return undefined;
  checkMediaType(request);
  return request.routeOptions.config.operation?.bodyType === FORM ? parseForm(bytes) : parseJson(bytes);
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
function checkMediaType(request: FastifyRequest): void {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  const [mediaType = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter),
  );
  const expected = request.routeOptions.config.operation?.bodyType ?? 'application/json';
  if (mediaType === expected && isUtf8 && encoding === undefined) return;
  throw new Problem(
    'unsupported-media-type',
    `The body must be ${expected} in UTF-8, not encoded further; send it so.`,
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

/** A form's fields; one that is given more than once has all its values. */
function parseForm(bytes: Buffer): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const part of bytes.toString('latin1').split('&')) {
    if (part === '') continue;
    const separator = part.includes('=') ? part.indexOf('=') : part.length;
    const [name, value] = [part.slice(0, separator), part.slice(separator + 1)].map((text) =>
      decodePercent(text.replaceAll('+', ' ')),
    );
    if (name === undefined || value === undefined) {
      throw new Problem('malformed-body', 'The body is no form in UTF-8; mend it.');
    }
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

function tooLarge(): Problem {
  return new Problem('payload-too-large', `The body is over ${MOST_BYTES} bytes; send a smaller one.`);
}
