import type { CallFailure, CallFailureKind, EndedReason } from '../call-session.ts';

const single: Record<number, CallFailureKind> = {
  53006: 'busy',
  53105: 'full',
  53104: 'gone',
  53106: 'gone',
  53216: 'too-long',
};
const ranges: [first: number, last: number, kind: CallFailureKind][] = [
  [20101, 20107, 'token'],
  [53000, 53005, 'signalling'],
  [53400, 53407, 'media'],
  [53500, 53501, 'configuration'],
];

/** After these the call is over for this device, and joining again by itself would be wrong. */
const ends: Record<number, EndedReason> = { 53118: 'call-over', 53205: 'other-device' };

/** What an error of Twilio's SDK is, for words. */
export function failureOf(error: unknown): CallFailure {
  const code = codeOf(error);
  if (code === null) return { kind: 'unreachable', code };
  const range = ranges.find(([first, last]) => code >= first && code <= last);
  return { kind: single[code] ?? range?.[2] ?? 'unknown', code };
}

export function endOf(error: unknown): EndedReason | null {
  const code = codeOf(error);
  return code === null ? null : (ends[code] ?? null);
}

function codeOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'number' ? error.code : null;
}
