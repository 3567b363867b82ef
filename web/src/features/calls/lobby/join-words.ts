/** One joins with what one has; the button says with what. */
export function joinKey(has: { camera: boolean; microphone: boolean }, isOpen: boolean): string {
  if (!isOpen) return 'calls.lobby.joinWhenOpen';
  if (has.camera && has.microphone) return 'calls.lobby.joinBoth';
  if (has.microphone) return 'calls.lobby.joinAudio';
  return has.camera ? 'calls.lobby.joinVideo' : 'calls.lobby.joinListening';
}
