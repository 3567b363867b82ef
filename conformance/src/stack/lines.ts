import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** An array that grows with every line of a stream; beyond `keep` entries the oldest ones go. */
export function collectLines(
  stream: Readable,
  { keep, onLine }: { keep: number; onLine?: ((line: string) => void) | undefined },
): string[] {
  const lines: string[] = [];
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    lines.push(line);
    if (lines.length > keep) lines.shift();
    onLine?.(line);
  });
  return lines;
}
