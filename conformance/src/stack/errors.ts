/** Something the stack needs could not be started; the message is one line with the cause and the way out. */
export class StartError extends Error {
  override name = 'StartError';
}

/** An error's own words, without a stack, on one line. */
export function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message || codeOf(error) || error.name : String(error);
  return message.replaceAll(/\s*\n\s*/g, '; ').trim();
}

/** The system's or the database's code of an error (ECONNREFUSED, 3D000), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
