/** Without regard to case, as every rule that ignores case compares. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/** Whether PostgreSQL can hold the text. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
