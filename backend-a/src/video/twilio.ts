import type { TwilioConfig } from '../config.ts';
import type { RoomProvider } from './room-provider.ts';
import { twilioRooms } from './twilio-rooms.ts';
import { signVideoToken } from './twilio-token.ts';

/** Calls take place in rooms of Twilio Video, whose callbacks say who is connected. */
export function twilioProvider(config: TwilioConfig, surroundings: Parameters<typeof twilioRooms>[1]): RoomProvider {
  return {
    name: 'twilio',
    rooms: twilioRooms(config, surroundings),
    grant: ({ roomName, connectionId, accountId, expiresAt }, now) => ({
      provider: 'twilio',
      roomName,
      connectionId,
      identity: accountId,
      token: signVideoToken(config, { identity: accountId, roomName, expiresAt }, now),
      expiresAt: expiresAt.toISOString(),
    }),
  };
}
