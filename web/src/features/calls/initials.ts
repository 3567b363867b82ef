/** At most two letters; titles such as 'Dr.' are no part of a person's initials. */
export function initialsOf(displayName: string): string {
  const words = displayName.split(/\s+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const names = words.filter((word) => !word.endsWith('.'));
  const chosen = names.length > 0 ? names : words;
  const first = firstLetter(chosen[0]);
  const last = chosen.length > 1 ? firstLetter(chosen.at(-1)) : '';
  return `${first}${last}`.toLocaleUpperCase() || '?';
}

const firstLetter = (word: string | undefined) => [...(word ?? '')].find((letter) => /\p{L}|\p{N}/u.test(letter)) ?? '';
