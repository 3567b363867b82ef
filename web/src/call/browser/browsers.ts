import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Driver } from './page.ts';
import { colours, writeFilm } from './y4m.ts';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page behind another one is no less a device of its own.
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
  '--allow-loopback-in-peer-connection',
];

/** Why no browser can be had here; null: one can. */
export const whyNoBrowser = existsSync(chromiumPath) ? null : `no Chromium at ${chromiumPath}; CHROMIUM_PATH names one`;

export type Camera = keyof typeof colours | 'pattern' | 'none' | 'denied';

export function launch(camera: Camera): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: [...switches, ...cameraSwitches(camera)] });
}

function cameraSwitches(camera: Camera): string[] {
  if (camera === 'denied') return ['--use-fake-ui-for-media-stream=deny', '--use-fake-device-for-media-stream'];
  return ['--use-fake-ui-for-media-stream', ...devicesOf(camera)];
}

function devicesOf(camera: Exclude<Camera, 'denied'>): string[] {
  if (camera === 'none') return ['--use-fake-device-for-media-stream=device-count=0'];
  if (camera === 'pattern') return ['--use-fake-device-for-media-stream=device-count=3'];
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${filmOf(camera)}`];
}

const films = mkdtempSync(path.join(tmpdir(), 'duet-films-'));
process.on('exit', () => rmSync(films, { recursive: true, force: true }));

function filmOf(colour: keyof typeof colours): string {
  const file = path.join(films, `${colour}.y4m`);
  if (!existsSync(file)) writeFilm(file, colours[colour]);
  return file;
}

type Verb = Exclude<keyof Driver, 'seen'>;
export type Seen = Awaited<ReturnType<Driver['seen']>>;

/** One page of one browser, at one end of a call. */
export class Caller {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  seen(): Promise<Seen> {
    return this.page.evaluate('driver.seen()');
  }

  run<Name extends Verb>(verb: Name, ...values: Parameters<Driver[Name]>): Promise<Awaited<ReturnType<Driver[Name]>>> {
    return this.page.evaluate(`driver.${verb}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  }

  /** Camera and microphone on, then into the call. */
  async enter(): Promise<void> {
    await Promise.all([this.run('startCamera'), this.run('startMicrophone')]);
    await this.run('join');
  }
}

export async function openPage(browser: Browser, url: string, before?: (page: Page) => Promise<void>): Promise<Caller> {
  const page = await browser.newPage();
  if (process.env['CALL_TEST_LOG']) {
    page.on('console', (message) => process.stderr.write(`${url.slice(-60)}: ${message.text()}\n`));
    page.on('pageerror', (error) => process.stderr.write(`${url.slice(-60)}: ${error.stack}\n`));
  }
  await before?.(page);
  await page.goto(url);
  await page.waitForFunction('window.driver !== undefined');
  return new Caller(page);
}
