import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { comment, type Frame } from './frame.ts';

const longest = 1024 * 1024;

/** `openedAt` is the caller's now, and `expiresAt` in real time. */
export type StreamStart = { sessionId: string; lastId: number; openedAt: number; expiresAt: number };

/** One open event stream. What it is told goes to its socket as it is: the head was sent by node:http. */
export class Stream {
  readonly sessionId: string;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  lastId: number;
  /** A stream that is behind is told of what it has missed first. */
  isLive = false;
  isOpen = true;

  constructor(response: ServerResponse, { sessionId, lastId, openedAt, expiresAt }: StreamStart) {
    this.#response = response;
    if (!response.socket) throw new Error('the client is gone already');
    this.#socket = response.socket;
    this.sessionId = sessionId;
    this.lastId = lastId;
    this.openedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** What is told to all. One that does not read is dropped, and resumes by its Last-Event-ID. */
  tell(frame: Frame): void {
    this.write(frame);
    if (this.#socket.writableLength > longest) this.#socket.destroy();
  }

  write(frame: Frame): void {
    if (!this.isOpen || frame.id <= this.lastId) return;
    this.#socket.write(frame.bytes);
    this.lastId = frame.id;
    if (frame.revoked?.has(this.sessionId)) this.end();
  }

  /** Resolves when the client has read what was written, or is gone. */
  async isRead(): Promise<void> {
    if (!this.#socket.writableNeedDrain || this.#socket.destroyed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.once('drain', resolve).once('close', resolve);
    await promise;
    this.#socket.off('drain', resolve).off('close', resolve);
  }

  comment(): void {
    if (this.isOpen && !this.#socket.writableNeedDrain) this.#socket.write(comment);
  }

  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#response.end();
    setTimeout(() => this.#socket.destroy(), 1_000).unref();
  }
}
