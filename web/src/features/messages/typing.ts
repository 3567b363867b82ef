const signLasts = 10_000;

/** How long a typing sign still says something; a clock that is behind the backend's does not lengthen it. */
export function typingLeft(at: string, now: number): number {
  const age = Math.max(0, now - Date.parse(at));
  return Math.max(0, signLasts - age);
}

/** One sign every few seconds is enough to keep it alive on the other side. */
export function isSignDue(lastSignAt: number | null, now: number): boolean {
  return lastSignAt === null || now - lastSignAt >= 4000;
}
