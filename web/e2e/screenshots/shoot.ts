import type { Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

const sizes = { laptop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } } as const;
const themes = ['light', 'dark'] as const;

export type Look = { size: keyof typeof sizes; theme: (typeof themes)[number] };

/** The page as it is now: on a laptop and a phone, light and dark. */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const size of Object.keys(sizes) as Look['size'][]) {
    await page.setViewportSize(sizes[size]);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await settle(page);
      await save(page, `${name}.${size}.${theme}`);
    }
  }
  await page.setViewportSize(sizes.laptop);
}

export async function save(page: Page, name: string, quality = 70): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  await session.detach();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** A fake camera is named after its film's file, which nobody wants to read. */
export async function nameDevices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const names = { videoinput: 'Integrated camera', audioinput: 'Integrated microphone', audiooutput: 'Loudspeaker' };
    const kinds = { video: 'videoinput', audio: 'audioinput' } as const;
    Object.defineProperty(MediaDeviceInfo.prototype, 'label', {
      get(this: MediaDeviceInfo) {
        return names[this.kind];
      },
    });
    Object.defineProperty(MediaStreamTrack.prototype, 'label', {
      get(this: MediaStreamTrack) {
        return names[kinds[this.kind as keyof typeof kinds]];
      },
    });
  });
}

/** Nothing moves any more, but for what never stops. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    await frame();
  });
}
