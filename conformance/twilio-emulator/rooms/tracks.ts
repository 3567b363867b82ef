import type { Track } from './room.ts';

type TrackChange = { type: 'track-added' | 'track-removed' | 'track-enabled' | 'track-disabled'; track: Track };

/** What became of a participant's tracks, as Twilio's callbacks name it. */
export function changesOf(before: Track[], after: Track[]): TrackChange[] {
  const removed = before
    .filter(({ sid }) => !after.some((track) => track.sid === sid))
    .map((track): TrackChange => ({ type: 'track-removed', track }));
  const others = after.flatMap((track): TrackChange[] => {
    const known = before.find(({ sid }) => sid === track.sid);
    if (!known) return [{ type: 'track-added', track }];
    if (known.isEnabled === track.isEnabled) return [];
    return [{ type: track.isEnabled ? 'track-enabled' : 'track-disabled', track }];
  });
  return [...removed, ...others];
}
