import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Joins a browser's WebSocket to the same path of another server of this machine, byte by byte. */
export function joinUpgrade(target: URL, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const upstream = connect(Number(target.port), target.hostname, () => {
    upstream.write(requestHead(target, request));
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
}

function requestHead(target: URL, { rawHeaders }: IncomingMessage): string {
  const lines = [`GET ${target.pathname} HTTP/1.1`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const isHost = rawHeaders[index]?.toLowerCase() === 'host';
    lines.push(`${rawHeaders[index]}: ${isHost ? target.host : rawHeaders[index + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
