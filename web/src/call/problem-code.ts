/** The code of a refused request: the problem's, or 'offline' when there was no answer. */
export function problemCodeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return 'offline';
}

/** How long a refusal asks to be left alone, in milliseconds. */
export function retryAfterOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('retryAfterSeconds' in error)) return 0;
  return typeof error.retryAfterSeconds === 'number' ? error.retryAfterSeconds * 1000 : 0;
}
