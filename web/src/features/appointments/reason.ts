const longest = 500;

/** How many more code points fit; below zero it is too long. */
export function reasonLeft(reason: string): number {
  return longest - [...reason].length;
}

/** What is sent: nothing for white space alone, else the text as it was typed. */
export function reasonToSend(reason: string): { reason?: string } {
  return /\P{White_Space}/u.test(reason) ? { reason } : {};
}
