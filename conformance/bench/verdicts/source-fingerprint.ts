import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const LEFT_OUT = /(^|\/)(node_modules|dist|report)(\/|$)/;

/** A hash of the names and contents of those files, and of all files in those folders, so that a verdict is known to be of this very source. */
export function fingerprint(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  const files = places.flatMap((place) =>
    globSync([place, `${place}/**/*`], { cwd: root, exclude: (name) => LEFT_OUT.test(name) }),
  );
  for (const file of files.map((name) => name.replaceAll('\\', '/')).toSorted()) {
    if (LEFT_OUT.test(file) || !statSync(path.join(root, file)).isFile()) continue;
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
