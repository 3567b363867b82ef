import type { ReceivedSignal } from '../call-session.ts';

/** What the sender shows and says; `left`: it goes away on purpose. */
export type MediaData = { microphone: boolean; camera: boolean; screen: boolean; left?: boolean };

/**
 * An attempt is one RTCPeerConnection of the offerer, named in all that concerns it; its revision rises with each
 * offer, so that an answer is matched with the offer it answers.
 */
export type DescriptionData = { attempt: string; revision: number; sdp: string; media: MediaData };
export type CandidateData = { attempt: string; candidates: RTCIceCandidateInit[] };
/** `offer`: a wholly new attempt; `ice`: another way for the present one. */
export type RestartData = { want: 'offer' | 'ice'; attempt: string | null };

export type PeerSignal =
  | { type: 'offer' | 'answer'; data: DescriptionData }
  | { type: 'candidate'; data: CandidateData }
  | { type: 'restart'; data: RestartData }
  | { type: 'media'; data: MediaData };

/** Reads a signal; null when it is of another make than this client's, or its data was forgotten. */
export function readSignal({ type, data }: ReceivedSignal): PeerSignal | null {
  if (!isRecord(data)) return null;
  switch (type) {
    case 'offer':
    case 'answer':
      return isDescription(data) ? { type, data } : null;
    case 'candidate':
      return isCandidates(data) ? { type, data } : null;
    case 'restart':
      return isRestart(data) ? { type, data } : null;
    case 'media':
      return isMedia(data) ? { type, data } : null;
  }
}

function isDescription(data: unknown): data is DescriptionData {
  return (
    isRecord(data) &&
    typeof data['attempt'] === 'string' &&
    typeof data['revision'] === 'number' &&
    typeof data['sdp'] === 'string' &&
    isMedia(data['media'])
  );
}

function isCandidates(data: unknown): data is CandidateData {
  return isRecord(data) && typeof data['attempt'] === 'string' && Array.isArray(data['candidates']);
}

function isRestart(data: unknown): data is RestartData {
  return isRecord(data) && (data['want'] === 'offer' || data['want'] === 'ice');
}

function isMedia(data: unknown): data is MediaData {
  return isRecord(data) && ['microphone', 'camera', 'screen'].every((name) => typeof data[name] === 'boolean');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
