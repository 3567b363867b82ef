import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import twilio from 'twilio';
import type { TwilioSettings } from '../config.settings.ts';
import { Problem } from '../problem.ts';
import type { RoomProvider } from './room-provider.ts';
import { signVideoToken } from './twilio-token.ts';

const ANSWER_MS = 5_000;
const RETRY_SECONDS = 5;
const ROOM_EXISTS = 53_113;
const NOT_FOUND = 404;
const TOO_MANY = 429;
const MINUTES = 5;
const MOST_PARTICIPANTS = 2;
const END_PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const GOODBYE_MS = 3_000;

/** Rooms of Twilio Video; its callbacks tell who is connected. */
export function createTwilioProvider(
  settings: TwilioSettings,
  { callbackUrl, logger }: { callbackUrl: string; logger: Logger },
): RoomProvider {
  const { accountSid, apiKeySid, apiKeySecret } = settings;
  const httpClient = new twilio.RequestClient({ timeout: ANSWER_MS });
  const client = twilio(apiKeySid, apiKeySecret, { accountSid, httpClient });
  client.video.baseUrl = settings.baseUrl;
  const { rooms } = client.video.v1;
  const ending = new Set<Promise<void>>();

  const create = async (uniqueName: string): Promise<string> => {
    const room = await rooms.create({
      uniqueName,
      type: 'group',
      maxParticipants: MOST_PARTICIPANTS,
      unusedRoomTimeout: MINUTES,
      emptyRoomTimeout: MINUTES,
      statusCallback: callbackUrl,
      statusCallbackMethod: 'POST',
    });
    return room.sid;
  };
  const createOrAdopt = async (name: string): Promise<string> => {
    try {
      return await create(name);
    } catch (error) {
      if (!(error instanceof twilio.RestException) || error.code !== ROOM_EXISTS) throw error;
      return (await rooms(name).fetch()).sid;
    }
  };
  const end = async (sid: string): Promise<void> => {
    for (const pause of [0, ...END_PAUSES_MS]) {
      await sleep(pause, undefined, { ref: false });
      try {
        await rooms(sid).update({ status: 'completed' });
        return;
      } catch (error) {
        logger.warn({ error: described(error).message }, 'a room of Twilio could not be completed');
        if (isFinal(error)) return;
      }
    }
  };

  return {
    name: 'twilio',
    isConnectedByJoin: false,
    makeRoom: (name) => inTime(createOrAdopt(name)),
    endRoom: (sid) => {
      const ended = end(sid).finally(() => ending.delete(ended));
      ending.add(ended);
    },
    grantJoin: ({ room, connectionId, account, expiresAt }, now) => ({
      provider: 'twilio',
      roomName: room.name,
      connectionId,
      identity: account.id,
      token: signVideoToken(
        { accountSid, apiKeySid, apiKeySecret, id: connectionId, identity: account.id, roomName: room.name, expiresAt },
        now,
      ),
      expiresAt: expiresAt.toISOString(),
    }),
    close: async () => {
      await Promise.race([Promise.allSettled(ending), sleep(GOODBYE_MS)]);
    },
  };
}

/** @rule calls/provider-failure */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const tooLate = sleep(ANSWER_MS, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(`Twilio did not answer within ${ANSWER_MS} ms`);
  });
  try {
    return await Promise.race([work, tooLate]);
  } catch (error) {
    const detail = 'The video provider does not answer as it should; try again in a few seconds.';
    throw new Problem('video-unavailable', detail, { retryAfterSeconds: RETRY_SECONDS, cause: described(error) });
  } finally {
    giveUp.abort();
  }
}

/** What went wrong, for the log: Twilio refused, or could not be asked. */
function described(error: unknown): Error {
  if (error instanceof twilio.RestException) {
    return new Error(`Twilio refused: status ${error.status}, code ${error.code ?? 'none'}: ${error.message}`, {
      cause: error,
    });
  }
  return new Error(`Twilio could not be asked: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

function isFinal(error: unknown): boolean {
  if (!(error instanceof twilio.RestException)) return false;
  return error.status === NOT_FOUND || (error.status < 500 && error.status !== TOO_MANY);
}
