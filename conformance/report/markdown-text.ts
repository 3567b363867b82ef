import { oneLine, visible } from './text.ts';

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Text between HTML tags of a Markdown page. */
export function html(text: string): string {
  return unmentioned(joined(text).replace(/[&<>"]/gu, (character) => ENTITIES.get(character) ?? character));
}

/** Text that Markdown must show as it is, in tables too. */
export function prose(text: string): string {
  return unmentioned(joined(text).replace(/[\\`*_[\]<>~|&]/gu, (character) => `\\${character}`));
}

function joined(text: string): string {
  return oneLine(text.replace(/\s*\n\s*/gu, ' '));
}

/** A code block whose fence is longer than any in `text`; nothing for no text. */
export function fenced(text: string, language = ''): string {
  if (!text) return '';
  const runs = [...text.matchAll(/`+/gu)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

/** A zero-width space after @ and # keeps a comment from calling people or linking issues. */
function unmentioned(text: string): string {
  return text.replace(/[@#](?=\w)/gu, '$&\u200b');
}
