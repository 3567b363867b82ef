import { visible } from '../text.ts';

/** Text that is HTML already. Made by `markup` alone, so that whatever came from outside is escaped. */
export type Markup = { readonly html: string };
type Value = string | number | Markup | null | readonly (string | Markup | null)[];

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** HTML with every value escaped (and its control characters spelt out), unless it is Markup; null is nothing. */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  const parts = strings.map((text, index) => text + shown(values[index] ?? null));
  return { html: parts.join('') };
}

function shown(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map(shown).join('');
}

function escape(text: string): string {
  return visible(text).replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? character);
}

/** JSON for a script element: no character in it can end the element or begin a comment. */
export function safeJson(data: unknown): Markup {
  const escaped = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: escaped };
}

/** A file of this project (style, script) as it stands. */
export function verbatim(text: string): Markup {
  return { html: text };
}

/** A rule's sentence, its `code` set as code. */
export function sentence(text: string): Markup {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part));
  return markup`${parts}`;
}
