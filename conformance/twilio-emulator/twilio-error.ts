const known = {
  20001: [400, 'Invalid parameter'],
  20003: [401, 'Authenticate'],
  20004: [405, 'Method not allowed'],
  20101: [401, 'Invalid Access Token'],
  20102: [401, 'Invalid Access Token header'],
  20103: [401, 'Invalid Access Token issuer/subject'],
  20104: [401, 'Access Token expired or expiration date invalid'],
  20105: [401, 'Access Token not yet valid'],
  20106: [401, 'Invalid Access Token grants'],
  20107: [401, 'Invalid Access Token signature'],
  20157: [401, 'Expiration Time Exceeds Maximum Time Allowed'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'Internal Server Error'],
  20503: [503, 'Service Unavailable'],
  53002: [400, 'Signaling connection timed out'],
  53004: [400, 'Client sent an invalid signaling message'],
  53101: [400, 'Room name is too long'],
  53105: [400, 'Room contains too many Participants'],
  53106: [404, 'Room not found'],
  53107: [400, 'MaxParticipants is out of range'],
  53108: [400, 'RoomType is not valid'],
  53109: [400, 'Timeout is out of range'],
  53110: [400, 'StatusCallbackMethod is invalid'],
  53111: [400, 'StatusCallback is invalid'],
  53112: [400, 'Status is invalid'],
  53113: [400, 'Room exists'],
  53205: [400, 'Participant disconnected because of duplicate identity'],
  53209: [400, 'Participant status is invalid'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** The codes of Twilio's error dictionary that the emulator gives. */
export type TwilioCode = keyof typeof known;

/** A refusal, as the REST API answers it and as the browser's SDK is told. */
export class TwilioError extends Error {
  override name = 'TwilioError';
  readonly code: TwilioCode;
  readonly status: number;

  constructor(code: TwilioCode, message?: string) {
    super(message ?? known[code][1]);
    this.code = code;
    this.status = known[code][0];
  }
}

/** The body that the REST API answers with. */
export function errorBody({ code, message, status }: { code: number; message: string; status: number }): object {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
