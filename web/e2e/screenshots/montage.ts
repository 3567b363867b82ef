import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folder, save, type Look } from './shoot.ts';

const shown = ['login', 'appointments', 'booking', 'lobby', 'call', 'messages'];

/** Six pages in one picture, for the README. */
export async function paste(page: Page, name: string, { size, theme }: Look): Promise<void> {
  const isPhone = size === 'phone';
  const columns = isPhone ? 6 : 3;
  const pictures = shown.map((each) => `<img src="${asUrl(`${each}.${size}.${theme}`)}" alt="">`);
  await page.setViewportSize(isPhone ? { width: 1440, height: 508 } : { width: 1440, height: 636 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 16px; display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 16px;
           background: ${theme === 'dark' ? '#0b1220' : '#e2e8f0'}; }
    img { display: block; width: 100%; border-radius: 10px; }
  </style>${pictures.join('')}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await save(page, name, 80);
}

function asUrl(name: string): string {
  return `data:image/webp;base64,${readFileSync(path.join(folder, `${name}.webp`)).toString('base64')}`;
}
