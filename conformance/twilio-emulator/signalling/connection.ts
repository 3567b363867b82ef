import type { RawData, WebSocket } from 'ws';
import { isJson, type Json, numberOf, parseObject } from '../json.ts';

/** What a connection tells its owner. */
export type ConnectionOwner = {
  onBody(connection: Connection, body: Json): void;
  onClosed(connection: Connection): void;
};

/** The heartbeat that the SDK asks for, in milliseconds; a client that misses three is gone. */
const longestHeartbeatMs = 5000;
const missesAllowed = 3;

/**
 * One socket of a video client, speaking the SDK's connection protocol (twilio-video/lib/twilioconnection.js): hello is
 * answered by welcome, heartbeat by heartbeat, and everything else travels as the body of a msg.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #owner: ConnectionOwner;
  #heartbeatMs = longestHeartbeatMs;
  #silence: NodeJS.Timeout | undefined;
  #isOpen = false;

  constructor(socket: WebSocket, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(this.#silence);
      owner.onClosed(this);
    });
    this.#listenForSilence();
  }

  send(body: object): void {
    this.#write({ type: 'msg', body });
  }

  /** Cuts the socket without a word, as a broken network does. */
  drop(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData): void {
    this.#listenForSilence();
    const message = parseObject(textIn(data));
    if (!message) return this.#write({ type: 'bad', reason: 'not a JSON object' });
    switch (message['type']) {
      case 'hello':
        return this.#greet(message);
      case 'heartbeat':
        return this.#write({ type: 'heartbeat' });
      case 'bye':
        return undefined;
      case 'msg':
        return this.#handOn(message['body']);
      default:
        return this.#write({ type: 'bad', reason: 'unknown message type' });
    }
  }

  #greet(hello: Json): void {
    this.#heartbeatMs = Math.min(numberOf(hello, 'timeout') ?? longestHeartbeatMs, longestHeartbeatMs);
    this.#isOpen = true;
    this.#write({ type: 'welcome', negotiatedTimeout: this.#heartbeatMs });
    if (hello['body'] !== undefined) this.#handOn(hello['body']);
  }

  #handOn(body: unknown): void {
    if (!this.#isOpen) this.#write({ type: 'bad', reason: 'hello comes first' });
    else if (!isJson(body)) this.#write({ type: 'bad', reason: 'a msg has an object as its body' });
    else this.#owner.onBody(this, body);
  }

  #listenForSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.drop(), this.#heartbeatMs * missesAllowed).unref();
  }

  #write(message: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function textIn(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}
