import { setTimeout as wait } from 'node:timers/promises';
import twilio from 'twilio';
import type { TwilioConfig } from '../config.ts';
import { Problem } from '../problem.ts';
import type { RemoteRooms } from './room-provider.ts';

const patienceMilliseconds = 5_000;
const retryAfterSeconds = 5;
const completionDelays = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const timerMinutes = 5;
const people = 2;

const duplicateName = 53113;
const roomCompleted = 53112;
const notFound = 20404;
const tooManyRequests = 429;

interface Surroundings {
  readonly publicUrl: string;
  readonly warn: (message: string, details: object) => void;
}

/** Where Twilio sends its callbacks, below the public URL. */
export const callbackPath = '/v1/webhooks/twilio/rooms';

/**
 * Rooms at Twilio, each for two.
 *
 * @rule calls/provider-failure
 */
export function twilioRooms(config: TwilioConfig, { publicUrl, warn }: Surroundings): RemoteRooms {
  const client = twilio(config.apiKeySid, config.apiKeySecret, {
    accountSid: config.accountSid,
    timeout: patienceMilliseconds,
  });
  client.video.baseUrl = config.baseUrl;
  const { rooms } = client.video.v1;
  const underWay = new Set<Promise<void>>();

  async function createOrAdopt(name: string): Promise<string> {
    try {
      const room = await rooms.create({
        type: 'group',
        uniqueName: name,
        maxParticipants: people,
        unusedRoomTimeout: timerMinutes,
        emptyRoomTimeout: timerMinutes,
        statusCallback: publicUrl + callbackPath,
        statusCallbackMethod: 'POST',
      });
      return room.sid;
    } catch (error) {
      if (codeOf(error) !== duplicateName) throw error;
      return (await rooms(name).fetch()).sid;
    }
  }

  async function completeAtLast(sid: string): Promise<void> {
    for (const delay of completionDelays) {
      try {
        await rooms(sid).update({ status: 'completed' });
        return;
      } catch (error) {
        if (isOverAlready(error)) return;
        warn('a room was not completed; trying again', { sid, cause: describe(error) });
        await wait(delay, undefined, { ref: false });
      }
    }
    warn("a room was not completed; the provider's own timers will end it", { sid });
  }

  return {
    async ensure(name) {
      try {
        return await withinPatience(createOrAdopt(name));
      } catch (cause) {
        const detail = 'The video provider cannot open a room at the moment; try again in a few seconds.';
        throw new Problem('video-unavailable', detail, { retryAfterSeconds, cause: new Error(describe(cause)) });
      }
    },
    complete(sid) {
      const completion = completeAtLast(sid).finally(() => underWay.delete(completion));
      underWay.add(completion);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

async function withinPatience<Result>(work: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const timeout = wait(patienceMilliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no answer within ${patienceMilliseconds / 1000} s`);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over.abort();
  }
}

function codeOf(error: unknown): number | undefined {
  return error instanceof twilio.RestException ? error.code : undefined;
}

function isOverAlready(error: unknown): boolean {
  if (!(error instanceof twilio.RestException)) return false;
  return error.status === 404 || error.code === notFound || error.code === roomCompleted;
}

/** What a person can act on: whether the provider said no, or could not be reached. Credentials are in neither text. */
function describe(error: unknown): string {
  if (error instanceof twilio.RestException) {
    const busy = error.status === tooManyRequests ? ', too many requests' : '';
    return `The video provider refused: status ${error.status}, code ${error.code ?? 'none'}${busy}`;
  }
  const cause = error instanceof Error ? error.message : String(error);
  return `The video provider cannot be reached: ${cause}`;
}
