import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { RefusedError, Room, type RoomEvents } from './relay-room.ts';
import type { GrantMaker } from './grants.ts';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A stand-in for a backend: what the contract says of calls, without accounts, and with a network that can fail. */
export type Relay = {
  origin: string;
  room(name: string): Room;
  /** Cuts the network between an account and the relay, or mends it. */
  cut(account: string, isCut: boolean): void;
  stop(): Promise<void>;
};

export async function startRelay(pages: string, grants: GrantMaker): Promise<Relay> {
  const rooms = new Map<string, Room>();
  const cutOff = new Set<string>();
  const sockets = new Map<string, Set<Socket>>();
  const room = (name: string): Room => {
    const known = rooms.get(name) ?? new Room(name, grants);
    rooms.set(name, known);
    return known;
  };

  const server = createServer(async (request, response) => {
    const [, api, name = '', account = '', command = ''] = new URL(request.url ?? '', 'http://relay').pathname.split(
      '/',
    );
    if (api !== 'api') return servePage(pages, request, response);
    if (cutOff.has(account)) return void request.socket.destroy();
    const own = sockets.get(account) ?? new Set();
    sockets.set(account, own.add(request.socket));
    if (command === 'events') return stream(room(name), account, request, response);
    await answer(response, async () => {
      const body = (await bodyOf(request)) as Parameters<Room['command']>[2];
      return room(name).command(account, command, body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    room,
    cut: (account, isCut) => {
      if (!isCut) return void cutOff.delete(account);
      cutOff.add(account);
      for (const socket of sockets.get(account) ?? []) socket.destroy();
    },
    stop: () => stop(server),
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}

async function answer(response: ServerResponse, work: () => Promise<unknown>): Promise<void> {
  const send = (status: number, body: unknown): void =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  try {
    send(200, (await work()) ?? {});
  } catch (error) {
    if (error instanceof RefusedError) send(409, { code: error.message });
    else send(500, { code: 'internal-error', detail: String(error) });
  }
}

function stream(room: Room, account: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write(': open\n\n');
  const events: RoomEvents = room.eventsOf(account);
  const after = request.headers['last-event-id'];
  let sent = after === undefined ? events.list.length : Number(after);
  const send = (): void => {
    for (; sent < events.list.length; sent += 1)
      response.write(`id: ${sent + 1}\ndata: ${JSON.stringify(events.list[sent])}\n\n`);
  };
  events.listeners.add(send);
  request.on('close', () => events.listeners.delete(send));
  send();
}

async function servePage(pages: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '', 'http://relay');
  const content = await readFile(path.join(pages, pathname)).catch(() => null);
  const type = types[path.extname(pathname)] ?? 'text/plain';
  response.writeHead(content ? 200 : 404, { 'Content-Type': type }).end(content ?? 'nothing here');
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
}

export const newRoomName = (): string => `room-${randomUUID()}`;
