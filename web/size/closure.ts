/** Vite's own account of its chunks. */
export type Manifest = Record<string, { file: string; imports?: string[] }>;

/**
 * The JavaScript files that these sources bring with them at once; what they import later is not among them.
 * @throws when the build knows no such source: a budget of a page that is gone would always be kept.
 */
export function closureOf(manifest: Manifest, roots: readonly string[]): string[] {
  const files = new Set<string>();
  const waiting = [...roots];
  const seen = new Set<string>();
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no chunk for ${key}`);
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    waiting.push(...(chunk.imports ?? []));
  }
  return [...files];
}
