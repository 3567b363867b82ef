import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
];

/** Why no browser can be had here; null: one can. */
export const whyNoBrowser = existsSync(chromiumPath) ? null : `no Chromium at ${chromiumPath}; CHROMIUM_PATH names one`;

/** What one end of a call sees of the other. */
export type Seen = { width: number; frames: number; open: number };

/** A page with the real SDK on it. */
export type Caller = {
  page: Page;
  /** Gives 'joined', or the code of the refusal. */
  join(token: string, room: string, wsServer: string): Promise<'joined' | number>;
  events(): Promise<string[]>;
  seen(): Promise<Seen>;
  setCamera(isOn: boolean): Promise<void>;
};

/** A browser of its own for each, since two pages of one share too much to stand for two people. */
export type CallBrowsers = { callers: Browser[]; open(browser: number): Promise<Caller>; close(): Promise<void> };

export async function startBrowsers(count: number): Promise<CallBrowsers> {
  const server = await servePage();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: switches });
  const callers = await Promise.all(Array.from({ length: count }, launch));
  return {
    callers,
    open: async (index) => {
      const browser = callers[index];
      if (!browser) throw new Error(`there are ${count} browsers`);
      const page = await browser.newPage();
      await page.goto(url);
      return callerOn(page);
    },
    close: async () => {
      await Promise.all(callers.map((browser) => browser.close()));
      server.close();
    },
  };
}

function callerOn(page: Page): Caller {
  const run = <Result>(name: string, ...values: unknown[]): Promise<Result> =>
    page.evaluate<Result>(`${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  return {
    page,
    join: (...values) => run('join', ...values),
    events: () => page.evaluate<string[]>('events'),
    seen: () => run('seen'),
    setCamera: (isOn) => run('setCamera', isOn),
  };
}

async function servePage(): Promise<Server> {
  const page = readFileSync(path.join(import.meta.dirname, 'call-page.html'));
  const sdk = readFileSync(fileURLToPath(import.meta.resolve('twilio-video/dist/twilio-video.min.js')));
  const server = createServer((request, response) => {
    const isSdk = request.url === '/twilio-video.min.js';
    response.writeHead(200, { 'Content-Type': isSdk ? 'text/javascript' : 'text/html' }).end(isSdk ? sdk : page);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}
