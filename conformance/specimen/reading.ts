import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

/**
 * Reads a body of at most `limit` bytes.
 * @returns 'too-large' as soon as it is known to be longer; the rest is left unread
 * @throws when the client goes away
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  refusesEarly: boolean,
): Promise<Buffer | 'too-large'> {
  if (refusesEarly && Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const isOver = () => size > limit;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (!isOver()) chunks.push(chunk);
      else if (refusesEarly) {
        request.off('data', onData);
        request.pause();
        resolve('too-large');
      }
    };
    request.on('data', onData);
    request.once('end', () => resolve(isOver() ? 'too-large' : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

/** Writes an answer; of an upload that still goes on it drains a bounded part first, so that the client sees the answer. */
export function writeReply(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply.stream && request.method !== 'HEAD') {
    response.writeHead(reply.status, reply.headers);
    reply.stream(response);
    return;
  }
  const hasBody = reply.body !== '' || ![202, 204, 304].includes(reply.status);
  const length = hasBody ? { 'content-length': String(Buffer.byteLength(reply.body)) } : {};
  const text = request.method === 'HEAD' ? '' : reply.body;
  if (!isUploading(request)) {
    response.writeHead(reply.status, { ...reply.headers, ...length });
    response.end(text);
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, ...length, connection: 'close' });
  response.write(text);
  drain(request, () => response.end());
}

function isUploading(request: IncomingMessage): boolean {
  const isLong = Number(request.headers['content-length'] ?? 0) > 65_536;
  return !request.complete && (isLong || request.headers['transfer-encoding'] !== undefined);
}

function drain(request: IncomingMessage, done: () => void): void {
  let left = 8 * 1024 * 1024;
  const finish = () => {
    clearTimeout(timer);
    request.off('data', count);
    done();
  };
  const timer = setTimeout(finish, 2_000);
  const count = (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  request.on('data', count);
  request.once('end', finish);
  request.once('error', finish);
  request.resume();
}
