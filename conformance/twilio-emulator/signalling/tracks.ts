import { isJson, type Json, objectsOf, textOf } from '../json.ts';
import type { Track, TrackKind } from '../rooms/room.ts';
import { newSid } from '../sids.ts';
import type { Session } from './session.ts';

/** The tracks in a browser's message with the sids they had or get now; null when it holds no newer state. */
export function readTracks(session: Session, message: Json): Track[] | null {
  const state = message['participant'];
  if (!isJson(state) || typeof state['revision'] !== 'number' || !Array.isArray(state['tracks'])) return null;
  if (state['revision'] <= session.heardRevision) return null;
  session.heardRevision = state['revision'];
  return objectsOf(state['tracks']).flatMap((track) => readTrack(track, session.participant.tracks) ?? []);
}

function readTrack(track: Json, before: Track[]): Track | null {
  const [id, kind] = [textOf(track, 'id'), kindOf(track)];
  if (id === null || kind === null) return null;
  return {
    sid: before.find((known) => known.id === id)?.sid ?? newSid('MT'),
    id,
    name: textOf(track, 'name') ?? id,
    kind,
    isEnabled: track['enabled'] !== false,
    priority: textOf(track, 'priority') ?? 'standard',
  };
}

function kindOf(track: Json): TrackKind | null {
  const kind = textOf(track, 'kind');
  return kind === 'audio' || kind === 'video' || kind === 'data' ? kind : null;
}
