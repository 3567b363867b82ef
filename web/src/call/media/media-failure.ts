import { type Browser, browserOf, type DeviceForm, deviceFormOf, type System, systemOf } from './browser-kind.ts';

export type MediaDevice = 'camera' | 'microphone' | 'screen' | 'speaker';
export type MediaFailureKind =
  | 'denied'
  | 'dismissed'
  | 'blocked-by-system'
  | 'none-found'
  | 'in-use'
  | 'overconstrained'
  | 'insecure'
  | 'unsupported'
  | 'unknown';

/** Why a device cannot be had, with the keys of the words for it and for the way out in this browser. */
export type MediaFailure = {
  kind: MediaFailureKind;
  device: MediaDevice;
  titleKey: string;
  wayOutKey: string;
  /** The error's own name, for a report. */
  name: string;
};

/** No such interface in this browser, or none outside https. */
export class MediaUnavailable extends Error {
  override name = window.isSecureContext ? 'MediaUnavailable' : 'InsecureContext';
}

const kindsByName: Record<string, MediaFailureKind> = {
  NotFoundError: 'none-found',
  DevicesNotFoundError: 'none-found',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
  OverconstrainedError: 'overconstrained',
  ConstraintNotSatisfiedError: 'overconstrained',
  InsecureContext: 'insecure',
  SecurityError: 'unsupported',
  MediaUnavailable: 'unsupported',
  NotSupportedError: 'unsupported',
};

/** Tells what an error of getUserMedia, getDisplayMedia or setSinkId means; `permission` as it is after the error. */
export function mediaFailure(
  error: unknown,
  device: MediaDevice,
  permission: PermissionState | null = null,
  userAgent: string = navigator.userAgent,
): MediaFailure {
  const name = error instanceof Error ? error.name : String(error);
  const kind = isRefusal(name) ? refusalOf(error, permission) : (kindsByName[name] ?? 'unknown');
  return { kind, device, name, titleKey: titleKeyOf(kind, device), wayOutKey: wayOutKeyOf(kind, device, userAgent) };
}

function isRefusal(name: string): boolean {
  return name === 'NotAllowedError' || name === 'PermissionDeniedError';
}

/** Chrome says which refusal it was; elsewhere the state of the permission afterwards does. */
function refusalOf(error: unknown, permission: PermissionState | null): MediaFailureKind {
  const message = error instanceof Error ? error.message.toLowerCase() : '';
  if (message.includes('by system')) return 'blocked-by-system';
  if (message.includes('dismissed') || permission === 'prompt') return 'dismissed';
  return permission === 'granted' ? 'blocked-by-system' : 'denied';
}

function titleKeyOf(kind: MediaFailureKind, device: MediaDevice): string {
  return `call.media.${kind}.title.${device}`;
}

function wayOutKeyOf(kind: MediaFailureKind, device: MediaDevice, userAgent: string): string {
  if (device === 'screen') return `call.media.${kind}.way.screen`;
  if (kind === 'denied') return `call.media.denied.way.${deniedIn(browserOf(userAgent), deviceFormOf(userAgent))}`;
  if (kind === 'blocked-by-system') return `call.media.blocked-by-system.way.${systemOf(userAgent) satisfies System}`;
  return `call.media.${kind}.way.any`;
}

function deniedIn(browser: Browser, form: DeviceForm): string {
  return browser === 'other' ? 'other' : `${browser}-${form}`;
}
