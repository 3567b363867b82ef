/** What a reload brings back: whether one was in this call, and with which of microphone and camera on. */
export type RememberedChoices = { isInCall: boolean; microphone: boolean; camera: boolean };

const key = (backendId: string, appointmentId: string) => `duet.call.${backendId}.${appointmentId}`;

export function recallChoices(storage: Storage, backendId: string, appointmentId: string): RememberedChoices | null {
  const text = storage.getItem(key(backendId, appointmentId));
  if (text === null) return null;
  const [isInCall, microphone, camera] = text.split(',').map((part) => part === '1');
  return { isInCall: isInCall ?? false, microphone: microphone ?? false, camera: camera ?? false };
}

export function rememberChoices(
  storage: Storage,
  backendId: string,
  appointmentId: string,
  choices: RememberedChoices,
): void {
  const parts = [choices.isInCall, choices.microphone, choices.camera];
  storage.setItem(key(backendId, appointmentId), parts.map((part) => (part ? '1' : '0')).join(','));
}

export function forgetChoices(storage: Storage, backendId: string, appointmentId: string): void {
  storage.removeItem(key(backendId, appointmentId));
}
