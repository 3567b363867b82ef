import { isJson, type Json, numberOf, textOf } from '../json.ts';

/** One end's view of a peer connection, as the SDK sends it; `ice` holds all candidates so far. */
export type PeerState = { id: string; description?: Description; ice?: Json };
export type Description = Json & { type: string; revision: number };

/** Reads what the SDK says of a peer connection; null when it has no id. */
export function readPeerState(state: Json): PeerState | null {
  const id = textOf(state, 'id');
  if (id === null) return null;
  const description = readDescription(state['description']);
  const ice = state['ice'];
  return { id, ...(description && { description }), ...(isJson(ice) && { ice }) };
}

/** A newer description than the one known; a close is always news. */
export function isNewer(description: Description, known: Description | undefined): boolean {
  if (!known || description.type === 'close') return true;
  return (
    description.revision > known.revision ||
    (description.revision === known.revision && description.type !== known.type)
  );
}

function readDescription(value: unknown): Description | null {
  if (!isJson(value)) return null;
  const [type, revision] = [textOf(value, 'type'), numberOf(value, 'revision')];
  return type === null || revision === null ? null : { ...value, type, revision };
}
