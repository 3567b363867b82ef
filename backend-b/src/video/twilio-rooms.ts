import twilio from 'twilio';
import type { TwilioSettings } from '../config.settings.ts';

export const ANSWER_MS = 5_000;
const ROOM_EXISTS = 53_113;
const TOO_MANY = 429;
const MINUTES = 5;
const MOST_PARTICIPANTS = 2;

/** Twilio's rooms, as far as they are needed. */
export interface TwilioRooms {
  /** Makes the room of a name, or finds the one in progress that has it. @returns its id */
  make: (name: string) => Promise<string>;
  /** Ends a room for everybody in it. */
  complete: (sid: string) => Promise<void>;
}

export function createTwilioRooms(settings: TwilioSettings, callbackUrl: string): TwilioRooms {
  const { accountSid, apiKeySid, apiKeySecret } = settings;
  const httpClient = new twilio.RequestClient({ timeout: ANSWER_MS });
  const client = twilio(apiKeySid, apiKeySecret, { accountSid, httpClient });
  client.video.baseUrl = settings.baseUrl;
  const { rooms } = client.video.v1;
  const options = {
    type: 'group',
    maxParticipants: MOST_PARTICIPANTS,
    unusedRoomTimeout: MINUTES,
    emptyRoomTimeout: MINUTES,
    statusCallback: callbackUrl,
    statusCallbackMethod: 'POST',
  } as const;
  return {
    make: async (uniqueName) => {
      try {
        return (await rooms.create({ uniqueName, ...options })).sid;
      } catch (error) {
        if (!isRefusal(error) || error.code !== ROOM_EXISTS) throw error;
        return (await rooms(uniqueName).fetch()).sid;
      }
    },
    complete: async (sid) => {
      await rooms(sid).update({ status: 'completed' });
    },
  };
}

/** What went wrong, for the log: Twilio refused, or could not be asked. */
export function described(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (!isRefusal(error)) return new Error(`Twilio could not be asked: ${message}`, { cause: error });
  const { status, code = 'none' } = error;
  return new Error(`Twilio refused: status ${status}, code ${code}: ${message}`, { cause: error });
}

/** Whether asking again would be answered the same. */
export function isFinal(error: unknown): boolean {
  return isRefusal(error) && error.status < 500 && error.status !== TOO_MANY;
}

function isRefusal(error: unknown): error is InstanceType<typeof twilio.RestException> {
  return error instanceof twilio.RestException;
}
