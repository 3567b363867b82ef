import type { Facts } from '../study/records.ts';

export type LogMode = Facts['logs'][number]['mode'];

export type Printed = { lines: number; bytes: number; text: string };

/** What a server printed for the request with that id: an entry is a line in production, and a paragraph for people. */
export function printedFor(requestId: string, output: readonly string[], mode: LogMode): Printed {
  const entries = mode === 'production' ? output.map((line) => [line]) : paragraphsOf(output);
  const lines = entries.filter((entry) => entry.some((line) => line.includes(requestId))).flat();
  const text = lines.map((line) => `${line}\n`).join('');
  return { lines: lines.length, bytes: Buffer.byteLength(text), text };
}

function paragraphsOf(lines: readonly string[]): string[][] {
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (line === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs;
}

/**
 * Passes a text on that holds none of the secrets.
 * @throws Error that names the kind of the secret and not the secret
 */
export function withoutSecrets(text: string, secrets: Record<string, string>): string {
  const found = Object.entries(secrets).find(([, secret]) => secret !== '' && text.includes(secret));
  if (found) throw new Error(`a log shows ${found[0]}`);
  return text;
}
