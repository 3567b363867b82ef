import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TwilioAccess } from './grants.ts';

const command = path.resolve(import.meta.dirname, '../../../../node_modules/.bin/duet');

/** The Twilio emulator as a process of its own, as anybody would start it. */
export type Emulator = {
  access: TwilioAccess;
  signalling: string;
  control(command: string, options: object): Promise<unknown>;
  stop(): Promise<void>;
};

export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The command behind `npx duet`, without npx, which does not hand signals on.
  const child = spawn(process.execPath, [command, 'twilio-emulator', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const settings = await settingsOf(child);
  const setting = (name: string): string => settings.get(name) ?? '';
  return {
    access: {
      url,
      accountSid: setting('TWILIO_ACCOUNT_SID'),
      apiKeySid: setting('TWILIO_API_KEY_SID'),
      apiKeySecret: setting('TWILIO_API_KEY_SECRET'),
    },
    signalling: `ws://127.0.0.1:${port}/signaling`,
    control: async (command, options) => {
      const response = await fetch(`${url}/_control/${command}`, { method: 'POST', body: JSON.stringify(options) });
      return response.json();
    },
    stop: () => stop(child),
  };
}

/** The emulator prints its settings once it listens. */
function settingsOf(child: ChildProcess): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      const pairs = text.split('\n').map((line) => line.split('=', 2) as [string, string]);
      const settings = new Map(pairs);
      if (settings.has('TWILIO_AUTH_TOKEN')) resolve(settings);
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
