/** Text for a shell, alternating with names of variables and with commands whose output stands there. */
export type Word = string | { variable: string } | { command: string };

export const UNTYPABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** One word for a POSIX-like shell with `$'…'` (bash, zsh), quoted where it has to be; without control characters. */
export function quoted(...words: Word[]): string {
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (typeof word === 'string' && typeof last === 'string') joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  const shown = joined.filter((word) => word !== '');
  return shown.map((word) => (typeof word === 'string' ? quotedText(word) : expansion(word))).join('') || "''";
}

function expansion(word: Exclude<Word, string>): string {
  return 'variable' in word ? `"$${word.variable}"` : `"$(${word.command})"`;
}

function quotedText(text: string): string {
  if (/^[\w./:=@%+,-]+$/u.test(text)) return text;
  if (text.search(UNTYPABLE) < 0) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text.replace(/[\\']/gu, (character) => `\\${character}`).replace(UNTYPABLE, ansiEscape);
  return `$'${escaped}'`;
}

export function ansiEscape(character: string): string {
  if (character === '\n') return '\\n';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
