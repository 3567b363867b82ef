const longest = 4000;

/** How many more code points fit; below zero it is too long. */
export function charactersLeft(text: string): number {
  return longest - [...text].length;
}

/** What the backend takes: 1 to 4,000 code points, not white space alone, well-formed. */
export function isSendable(text: string): boolean {
  return /\P{White_Space}/u.test(text) && charactersLeft(text) >= 0 && text.isWellFormed() && !text.includes('\u0000');
}
