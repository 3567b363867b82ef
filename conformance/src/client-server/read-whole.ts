import type { IncomingMessage } from 'node:http';

/** Above what any operation takes, so that a backend refuses what is too large in its own words. */
const mostBytes = 128 * 1024;

/** The whole body, so that it can be sent again; null when it is too large for that. */
export async function readWhole(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
