import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export type Visitors = {
  onRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  onUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** A listening HTTP server that can be shut, so that connections are refused, and opened again on the same port. */
export class Door {
  readonly #server: Server;
  readonly #host: string;
  readonly #sockets = new Set<Socket>();
  #port: number;

  constructor({ onRequest, onUpgrade }: Visitors, { host, port }: { host: string; port: number }) {
    this.#host = host;
    this.#port = port;
    this.#server = createServer((request, response) => {
      onRequest(request, response).catch((error: unknown) => fail(response, error));
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      if (onUpgrade) onUpgrade(request, socket, head);
      else socket.destroy();
    });
  }

  /** Where it listens; the port is known once it was opened. */
  get url(): string {
    return `http://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${this.#port}`;
  }

  /** Listens; does nothing when it does so already. Rejects when the port is taken. */
  async open(): Promise<void> {
    if (this.#server.listening) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen({ port: this.#port, host: this.#host }, () => {
      this.#server.off('error', reject);
      this.#port = (this.#server.address() as AddressInfo).port;
      resolve();
    });
    await promise;
  }

  /** Refuses connections and cuts those that are open. */
  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const socket of this.#sockets) socket.destroy();
    await promise;
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code: 20500, message, status: 500 }));
}
