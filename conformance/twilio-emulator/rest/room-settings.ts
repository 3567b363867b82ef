import type { RoomSettings, RoomType } from '../rooms/room.ts';
import { TwilioError } from '../twilio-error.ts';

/** How many may be in a room of each type. */
const capacities: Record<RoomType, number> = { group: 50, 'group-small': 4, 'peer-to-peer': 10, go: 2 };

/** Reads the parameters of a new room, Twilio's defaults for the others. Throws the code of the first one that is wrong. */
export function readRoomSettings(form: URLSearchParams): RoomSettings {
  const type = readType(form);
  const capacity = capacities[type];
  return {
    uniqueName: readUniqueName(form),
    type,
    maxParticipants: readNumber(form, 'MaxParticipants', { least: 1, most: capacity, code: 53107 }) ?? capacity,
    maxParticipantDuration:
      readNumber(form, 'MaxParticipantDuration', { least: 600, most: 86_400, code: 53109 }) ?? 14_400,
    unusedRoomTimeout: readNumber(form, 'UnusedRoomTimeout', { least: 1, most: 60, code: 53109 }) ?? 5,
    emptyRoomTimeout: readNumber(form, 'EmptyRoomTimeout', { least: 1, most: 60, code: 53109 }) ?? 5,
    statusCallback: readStatusCallback(form),
    statusCallbackMethod: readMethod(form),
    recordParticipantsOnConnect: readBoolean(form, 'RecordParticipantsOnConnect'),
    videoCodecs: readVideoCodecs(form),
    mediaRegion: form.get('MediaRegion') ?? 'us1',
    audioOnly: readBoolean(form, 'AudioOnly'),
    largeRoom: readBoolean(form, 'LargeRoom'),
  };
}

function readType(form: URLSearchParams): RoomType {
  const text = form.get('Type') ?? 'group';
  const type = (Object.keys(capacities) as RoomType[]).find((known) => known === text);
  if (type === undefined) throw new TwilioError(53108);
  return type;
}

function readUniqueName(form: URLSearchParams): string | null {
  const name = form.get('UniqueName') || null;
  if (name !== null && [...name].length > 128) throw new TwilioError(53101);
  return name;
}

function readNumber(
  form: URLSearchParams,
  name: string,
  { least, most, code }: { least: number; most: number; code: 53107 | 53109 },
): number | null {
  const text = form.get(name);
  if (text === null || text === '') return null;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) throw new TwilioError(code);
  return number;
}

function readBoolean(form: URLSearchParams, name: string): boolean {
  const text = (form.get(name) ?? 'false').toLowerCase();
  if (text !== 'true' && text !== 'false') throw new TwilioError(20001, `Invalid parameter ${name}`);
  return text === 'true';
}

function readStatusCallback(form: URLSearchParams): string | null {
  const text = form.get('StatusCallback') || null;
  if (text === null) return null;
  if (text.length >= 1024 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new TwilioError(53111);
  return text;
}

function readMethod(form: URLSearchParams): 'GET' | 'POST' {
  const text = form.get('StatusCallbackMethod') || 'POST';
  if (text !== 'GET' && text !== 'POST') throw new TwilioError(53110);
  return text;
}

function readVideoCodecs(form: URLSearchParams): ('VP8' | 'H264')[] {
  const codecs = form.getAll('VideoCodecs').map((text) => {
    if (text !== 'VP8' && text !== 'H264') throw new TwilioError(20001, 'Invalid parameter VideoCodecs');
    return text;
  });
  return codecs.length > 0 ? codecs : ['H264', 'VP8'];
}
