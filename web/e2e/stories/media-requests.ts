import type { Page } from '@playwright/test';

/** Counts how often the page asks for camera or microphone. */
export async function countMediaRequests(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { getUserMedia } = navigator.mediaDevices;
    Object.assign(window, { mediaRequests: 0 });
    navigator.mediaDevices.getUserMedia = (constraints) => {
      (window as unknown as { mediaRequests: number }).mediaRequests += 1;
      return getUserMedia.call(navigator.mediaDevices, constraints);
    };
  });
}

export function mediaRequests(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { mediaRequests: number }).mediaRequests);
}
