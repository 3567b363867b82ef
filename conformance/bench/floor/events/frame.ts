export type EventRow = { accountId: string; id: number; type: string; data: string };

/** An event as it goes over the wire, put into bytes once for all of its streams. */
export type Frame = { id: number; bytes: Buffer; revoked: ReadonlySet<string> | undefined };

/** A chunk of HTTP's chunked coding: streams write to their sockets without asking node:http to frame it again for each. */
export function chunkOf(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

export function frameOf({ id, type, data }: EventRow): Frame {
  const bytes = chunkOf(`id: ${id}\nevent: ${type}\ndata: ${data}\n\n`);
  return { id, bytes, revoked: type === 'session.revoked' ? revokedBy(data) : undefined };
}

function revokedBy(data: string): ReadonlySet<string> {
  const { sessionIds } = JSON.parse(data) as { sessionIds: string[] };
  return new Set(sessionIds);
}

export const comment = chunkOf(': still here\n\n');
