import type { Response } from 'express';

const json = 'application/json';

/** Answers with JSON. */
export function sendJson(response: Response, status: number, value: unknown): void {
  response.locals.checkAnswer?.(status, json, value);
  send(response, status, json, JSON.stringify(value));
}

/** Answers with JSON that is text already. */
export function sendJsonText(response: Response, status: number, text: string): void {
  response.locals.checkAnswer?.(status, json, JSON.parse(text));
  send(response, status, json, text);
}

/** Answers with text of another media type. */
export function sendText(response: Response, status: number, mediaType: string, text: string): void {
  response.locals.checkAnswer?.(status, mediaType, text);
  send(response, status, `${mediaType}; charset=utf-8`, text);
}

/** Answers 204, 304 and the like. */
export function sendNothing(response: Response, status: number): void {
  response.statusCode = status;
  response.end();
}

/**
 * The one way out for an answer with a body. Node itself leaves the body of an answer to HEAD away.
 *
 * @rule http/head
 */
export function send(response: Response, status: number, contentType: string, text: string): void {
  response.locals.answer = text;
  response.statusCode = status;
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  if (isStillUploading(response)) return cutOff(response, text);
  response.end(text);
}

const drainedBytes = 16 * 1024 * 1024;
const drainedMilliseconds = 5_000;

function isStillUploading({ req: request, statusCode }: Response): boolean {
  return statusCode >= 400 && !request.complete;
}

/**
 * Answers at once and closes the connection, but first reads on for a bounded while: to close while the client is still
 * sending would reset the connection, and the answer would be lost.
 *
 * @rule http/body-limit
 */
function cutOff(response: Response, text: string): void {
  const { req: request } = response;
  response.setHeader('Connection', 'close');
  response.write(request.method === 'HEAD' ? '' : text);
  let rest = drainedBytes;
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, drainedMilliseconds);
  request.on('data', (chunk: Buffer) => {
    rest -= chunk.length;
    if (rest < 0) end();
  });
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
