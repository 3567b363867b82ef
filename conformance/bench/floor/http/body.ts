import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

const limit = 65_536;

/** A body that was read to its end; or that is too large, and goes on arriving. */
export type Received = Buffer | 'too-large';

const nothing = Buffer.alloc(0);

/** Reads a body, and no more of it than is allowed. `done` is not called when the client goes away before the end. */
export function receiveBody(request: IncomingMessage, done: (received: Received) => void): void {
  const { headers } = request;
  const announced = headers['content-length'];
  if (announced === undefined && headers['transfer-encoding'] === undefined) return done(nothing);
  if (announced !== undefined && Number(announced) > limit) return done('too-large');
  let [only, length]: [Buffer | undefined, number] = [undefined, 0];
  let pieces: Buffer[] | undefined;
  const take = (piece: Buffer): void => {
    length += piece.length;
    if (length > limit) {
      request.off('data', take).off('end', finish).pause();
      return done('too-large');
    }
    if (only === undefined) only = piece;
    else (pieces ??= [only]).push(piece);
  };
  const finish = (): void => done(pieces ? Buffer.concat(pieces, length) : (only ?? nothing));
  request.on('data', take).on('end', finish);
}

/**
 * What a body says; undefined when there is none.
 * @throws Problem payload-too-large, unsupported-media-type or malformed-body
 */
export function parseBody(received: Received, headers: IncomingHttpHeaders): unknown {
  if (received === 'too-large') throw tooLarge();
  if (received.length === 0) return undefined;
  if (!isJson(headers['content-type']) || headers['content-encoding'] !== undefined) throw wrongMediaType();
  if (!isUtf8(received)) throw malformed();
  try {
    return JSON.parse(received.toString());
  } catch {
    throw malformed();
  }
}

const isJson = (type: string | undefined): boolean => {
  if (type === 'application/json') return true;
  const [name, ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
  return name === 'application/json' && parameters.every((one) => !/^charset=(?!("?)utf-8\1$)/.test(one));
};

const tooLarge = (): Problem => new Problem('payload-too-large', 'The body is over 65,536 bytes. Send a smaller one.');

const wrongMediaType = (): Problem =>
  new Problem('unsupported-media-type', 'Send the body as application/json in UTF-8, without Content-Encoding.');

export const malformed = (): Problem =>
  new Problem('malformed-body', 'The body is absent, or no JSON in UTF-8. Correct it.');
