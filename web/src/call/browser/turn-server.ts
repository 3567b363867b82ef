import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import path from 'node:path';
import type { PeerGrant } from '../call-session.ts';

/** A TURN server that all media must pass: killing it is pulling the network. */
export class TurnServer {
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<TurnServer> {
    const server = new TurnServer(await freePort());
    server.plugIn();
    return server;
  }

  get iceServers(): PeerGrant['iceServers'] {
    return [{ urls: [`turn:127.0.0.1:${this.#port}?transport=udp`], username: 'duet', credential: 'secret' }];
  }

  plugIn(): void {
    const script = path.join(import.meta.dirname, 'turn-process.mjs');
    this.#process = spawn(process.execPath, [script, String(this.#port)], { stdio: 'ignore' });
  }

  pull(): void {
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }
}

function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
