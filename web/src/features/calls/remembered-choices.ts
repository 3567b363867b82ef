import type { JoinGrant } from '../../call/call-session.ts';

type Provider = JoinGrant['provider'];

/** What a reload brings back: whether one was in this call, through whom, and which of microphone and camera were on. */
export type RememberedChoices = { isInCall: boolean; microphone: boolean; camera: boolean; provider: Provider | null };

const providers: readonly Provider[] = ['peer', 'twilio'];
const key = (backendId: string, appointmentId: string) => `duet.call.${backendId}.${appointmentId}`;

export function recallChoices(storage: Storage, backendId: string, appointmentId: string): RememberedChoices | null {
  const text = storage.getItem(key(backendId, appointmentId));
  if (text === null) return null;
  const [isInCall, microphone, camera, name] = text.split(',');
  const provider = providers.find((known) => known === name) ?? null;
  return { isInCall: isInCall === '1', microphone: microphone === '1', camera: camera === '1', provider };
}

export function rememberChoices(
  storage: Storage,
  backendId: string,
  appointmentId: string,
  { isInCall, microphone, camera, provider }: RememberedChoices,
): void {
  const flags = [isInCall, microphone, camera].map((part) => (part ? '1' : '0'));
  storage.setItem(key(backendId, appointmentId), [...flags, provider ?? ''].join(','));
}

export function forgetChoices(storage: Storage, backendId: string, appointmentId: string): void {
  storage.removeItem(key(backendId, appointmentId));
}
