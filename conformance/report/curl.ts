import type { Exchange } from './records.ts';
import { ansiEscape, quoted, UNTYPABLE, type Word } from './shell.ts';

const TRANSPORT_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'user-agent',
]);
const SECRET_HEADERS = new Map([
  ['x-twilio-signature', 'TWILIO_SIGNATURE'],
  ['cookie', 'COOKIE'],
]);
const SECRET_PROPERTIES = /("(password|token|inviteCode|credential)"\s*:\s*)"((?:[^"\\]|\\.)*)"/gu;
const VARIABLES = new Map([
  ['password', 'PASSWORD'],
  ['token', 'TOKEN'],
  ['inviteCode', 'INVITE_CODE'],
  ['credential', 'CREDENTIAL'],
]);

// A recorded body that was too long ends so; what follows the cut is unknown.
const CUT = /… \(\d+ bytes in all\)$/u;

/**
 * The request as one line for a POSIX-like shell with `$'…'` (bash, zsh). Secrets stand as `$TOKEN`, `$PASSWORD`,
 * `$INVITE_CODE` and `$TWILIO_SIGNATURE`, to be set by who runs it. The line holds no control character.
 */
export function curlLine({ request }: Pick<Exchange, 'request'>): string {
  const { method, url, headers } = request;
  const cut = CUT.exec(request.body ?? '');
  const body = cut ? (request.body?.slice(0, cut.index) ?? null) : request.body;
  const note = cut ? ` # the body was cut${cut[0].slice(1)}` : '';
  const hasNul = body?.includes('\0') ?? false;
  const words = ['curl -isS', ...pathOptions(url), ...methodOptions(method, body), quoted(url)];
  for (const [name, value] of Object.entries(headers)) {
    if (!TRANSPORT_HEADERS.has(name.toLowerCase())) words.push('-H', quoted(...headerParts(name, value)));
  }
  if (body === null) return words.join(' ');
  if (!Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) words.push("-H 'Content-Type:'");
  if (hasNul) return `printf '%b' ${printfArgument(body)} | ${[...words, '--data-binary @-'].join(' ')}${note}`;
  return [...words, '--data-raw', quoted(...bodyParts(body))].join(' ') + note;
}

function pathOptions(url: string): string[] {
  const options: string[] = [];
  if (/\/\.\.?(\/|$)/u.test(url)) options.push('--path-as-is');
  if (/[[\]{}]/u.test(url)) options.push('--globoff');
  return options;
}

function methodOptions(method: string, body: string | null): string[] {
  if (method === 'HEAD') return ['--head'];
  const implied = body === null ? 'GET' : 'POST';
  return method === implied ? [] : ['-X', quoted(method)];
}

function headerParts(name: string, value: string): Word[] {
  const variable = SECRET_HEADERS.get(name.toLowerCase());
  if (variable) return [`${name}: `, { variable }];
  const secret = name.toLowerCase() === 'authorization' ? /(?<=^Bearer )\S+$|\[redacted\]$/u.exec(value) : null;
  if (secret) return [`${name}: ${value.slice(0, secret.index)}`, { variable: 'TOKEN' }];
  // curl sends a header without a value only when a semicolon stands for the colon
  return [value === '' ? `${name};` : `${name}: ${value}`];
}

function bodyParts(body: string): Word[] {
  const parts: Word[] = [];
  let end = 0;
  for (const match of body.matchAll(SECRET_PROPERTIES)) {
    const [whole, before = '', property = ''] = match;
    parts.push(`${body.slice(end, match.index)}${before}"`, { variable: VARIABLES.get(property) ?? 'SECRET' }, '"');
    end = match.index + whole.length;
  }
  return [...parts, body.slice(end)];
}

/** An argument cannot hold U+0000, so such a body comes through printf, its secrets spelt as they were recorded. */
function printfArgument(body: string): string {
  const escaped = body.replaceAll('\\', '\\\\').replace(UNTYPABLE, (character) => {
    return character === '\0' ? '\\0000' : ansiEscape(character);
  });
  return `'${escaped.replaceAll("'", `'\\''`)}'`;
}
