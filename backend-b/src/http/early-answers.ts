import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import plugin from 'fastify-plugin';

const MOST_DRAINED_BYTES = 16 * 1024 * 1024;
const MOST_DRAINED_MS = 2_000;

/**
 * A refusal sent before the upload has ended closes the connection. It is held open until a bounded amount of the
 * upload was taken in: a socket that is closed with unread bytes is reset, and the client never sees the answer.
 * @rule http/body-limit
 */
export const earlyAnswers = plugin(
  async (app: FastifyInstance) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode < 400 || typeof payload !== 'string' || !isUploading(request.raw)) return payload;
      reply.header('connection', 'close');
      reply.header('content-length', Buffer.byteLength(payload));
      return Readable.from(answerThenDrain(payload, request.raw), { objectMode: false });
    });
  },
  { name: 'early-answers' },
);

function isUploading(request: IncomingMessage): boolean {
  const hasBody = Number(request.headers['content-length']) > 0 || request.headers['transfer-encoding'] !== undefined;
  return hasBody && !request.complete;
}

async function* answerThenDrain(answer: string, request: IncomingMessage): AsyncGenerator<Buffer> {
  yield Buffer.from(answer);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, MOST_DRAINED_MS);
    let drained = 0;
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      drained += chunk.length;
      if (drained > MOST_DRAINED_BYTES) end();
    });
    request.on('end', end).on('close', end).on('error', end);
    request.resume();
  });
}
