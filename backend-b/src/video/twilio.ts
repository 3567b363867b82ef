import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { TwilioSettings } from '../config.settings.ts';
import { Problem } from '../problem.ts';
import type { RoomProvider } from './room-provider.ts';
import { ANSWER_MS, createTwilioRooms, described, isFinal, type TwilioRooms } from './twilio-rooms.ts';
import { signVideoToken } from './twilio-token.ts';

const RETRY_SECONDS = 5;
const END_PAUSES_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const GOODBYE_MS = 3_000;

/** Rooms of Twilio Video; its callbacks tell who is connected. */
export function createTwilioProvider(
  settings: TwilioSettings,
  { callbackUrl, logger }: { callbackUrl: string; logger: Logger },
): RoomProvider {
  const rooms = createTwilioRooms(settings, callbackUrl);
  const ending = new Set<Promise<void>>();
  return {
    name: 'twilio',
    isConnectedByJoin: false,
    makeRoom: (name) => inTime(rooms.make(name)),
    endRoom: (sid) => {
      const ended = complete(rooms, sid, logger).finally(() => ending.delete(ended));
      ending.add(ended);
    },
    grantJoin: ({ room, connectionId, account, expiresAt }, now) => {
      const { id: identity } = account;
      const token = { ...settings, id: connectionId, identity, roomName: room.name, expiresAt };
      return {
        provider: 'twilio',
        roomName: room.name,
        connectionId,
        identity,
        token: signVideoToken(token, now),
        expiresAt: expiresAt.toISOString(),
      };
    },
    close: async () => {
      await Promise.race([Promise.allSettled(ending), sleep(GOODBYE_MS)]);
    },
  };
}

/** Completes a room, with growing pauses while that fails; Twilio's own timers are the backstop. */
async function complete(rooms: TwilioRooms, sid: string, logger: Logger): Promise<void> {
  for (const pause of END_PAUSES_MS) {
    await sleep(pause);
    try {
      await rooms.complete(sid);
      return;
    } catch (error) {
      logger.warn({ error: described(error).message }, 'a room could not be completed');
      if (isFinal(error)) return;
    }
  }
}

/** @rule calls/provider-failure */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const tooLate = async (): Promise<never> => {
    await sleep(ANSWER_MS, undefined, { signal: answered.signal });
    throw new Error(`no answer within ${ANSWER_MS} ms`);
  };
  try {
    return await Promise.race([work, tooLate()]);
  } catch (error) {
    const detail = 'The video provider does not answer as it should; try again in a few seconds.';
    throw new Problem('video-unavailable', detail, { retryAfterSeconds: RETRY_SECONDS, cause: described(error) });
  } finally {
    answered.abort();
  }
}
