import { expect, type Locator, type Page } from '@playwright/test';

export type ColourName = 'red' | 'green' | 'blue';
type Look = { colour: string; frames: number };

/** A picture of this colour in which frames go on arriving: never a frozen one. */
export async function expectMovingPicture(video: Locator, colour: ColourName): Promise<void> {
  let before: number | null = null;
  const look = async (): Promise<{ colour: string; moves: boolean }> => {
    const seen = await lookAt(video);
    const moves = seen !== null && before !== null && seen.frames > before;
    before = seen?.frames ?? null;
    return { colour: seen?.colour ?? 'nothing', moves };
  };
  await expect.poll(look, { intervals: [100, 200], timeout: 30_000 }).toEqual({ colour, moves: true });
}

async function lookAt(video: Locator): Promise<Look | null> {
  if ((await video.count()) === 0) return null;
  // The element may go away between the two.
  return video.evaluate(readPicture, undefined, { timeout: 1000 }).catch(() => null);
}

function readPicture(element: HTMLElement | SVGElement): Look | null {
  const video = element as HTMLVideoElement;
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const context = canvas.getContext('2d');
  if (!context || video.videoWidth === 0) return null;
  context.drawImage(video, 0, 0, 8, 8);
  // The middle: at the lower edge a white bar moves.
  const parts = Array.from(context.getImageData(4, 3, 1, 1).data).slice(0, 3);
  const lit = parts.map((part) => (part > 160 ? '1' : part < 100 ? '0' : '?')).join('');
  const names: Record<string, string> = { '100': 'red', '010': 'green', '001': 'blue' };
  const frames = video.getVideoPlaybackQuality().totalVideoFrames;
  return { colour: names[lit] ?? parts.join(), frames };
}

/** Keeps every connection that the page makes, so that its statistics can be read. */
export async function watchConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    // A proxy and no subclass: Twilio's SDK walks over the prototype.
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(Native, settings: ConstructorParameters<typeof RTCPeerConnection>) {
        const connection = new Native(...settings);
        connections.push(connection);
        return connection;
      },
    });
    Object.assign(window, { connections });
  });
}

export type Received = { packets: number; energy: number; framesDecoded: number };

/** What has come in over all of the page's connections that are still open. */
export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const sum = { packets: 0, energy: 0, framesDecoded: 0 };
    for (const connection of connections.filter(({ connectionState }) => connectionState === 'connected')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'audio') {
          sum.packets += report.packetsReceived;
          sum.energy += report.totalAudioEnergy ?? 0;
        } else sum.framesDecoded += report.framesDecoded ?? 0;
      }
    }
    return sum;
  });
}

/** Sound comes in, and it is not silence. */
export async function expectSound(page: Page): Promise<void> {
  const before = await received(page);
  const grows = async (): Promise<boolean> => {
    const now = await received(page);
    return now.packets > before.packets && now.energy > before.energy && now.framesDecoded > before.framesDecoded;
  };
  await expect.poll(grows, { intervals: [200], timeout: 20_000 }).toBe(true);
}
