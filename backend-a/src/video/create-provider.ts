import type { Config } from '../config.ts';
import { peerProvider } from './peer.ts';
import type { RoomProvider } from './room-provider.ts';

/** The provider that the configuration chooses. Twilio's package is loaded only where it is used. */
export async function createProvider(
  { video, ice, publicUrl }: Config,
  warn: (message: string, details: object) => void,
): Promise<RoomProvider> {
  if (video.provider === 'peer') return peerProvider(ice);
  const { twilioProvider } = await import('./twilio.ts');
  return twilioProvider(video, { publicUrl, warn });
}
