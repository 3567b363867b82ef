import { chromium, type Browser } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { colours, writeFilm } from '../../src/call/browser/y4m.ts';
import { findChromium, noChromium } from './find-chromium.ts';

/** `film`: what it shows, in a file. */
export type Camera = keyof typeof colours | 'none' | 'denied' | { film: string };

const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
];

/** A browser of its own, whose camera shows one colour, is missing or is refused. */
export function launchBrowser(camera: Camera): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(noChromium);
  return chromium.launch({ executablePath, args: [...switches, ...cameraSwitches(camera)] });
}

function cameraSwitches(camera: Camera): string[] {
  if (camera === 'denied') return ['--use-fake-ui-for-media-stream=deny', '--use-fake-device-for-media-stream'];
  if (camera === 'none') return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=0'];
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${typeof camera === 'object' ? camera.film : filmOf(camera)}`,
  ];
}

const films = mkdtempSync(path.join(tmpdir(), 'duet-films-'));
process.on('exit', () => rmSync(films, { recursive: true, force: true }));

function filmOf(colour: keyof typeof colours): string {
  const file = path.join(films, `${colour}.y4m`);
  if (!existsSync(file)) writeFilm(file, colours[colour]);
  return file;
}
