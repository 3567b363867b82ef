import type { Page } from '@playwright/test';

type Watched = { mediaRequests: number; givenTracks: MediaStreamTrack[] };

/** Counts how often the page asks for camera or microphone, and keeps what it is given. */
export async function countMediaRequests(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { getUserMedia } = navigator.mediaDevices;
    const watched: Watched = { mediaRequests: 0, givenTracks: [] };
    Object.assign(window, watched);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      (window as unknown as Watched).mediaRequests += 1;
      const stream = await getUserMedia.call(navigator.mediaDevices, constraints);
      watched.givenTracks.push(...stream.getTracks());
      return stream;
    };
  });
}

export function mediaRequests(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Watched).mediaRequests);
}

/** How many cameras and microphones are running for the page. */
export function runningDevices(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { givenTracks } = window as unknown as Watched;
    return givenTracks.filter(({ readyState }) => readyState === 'live').length;
  });
}
