import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Facts, ProductName } from '../study/records.ts';
import { layerOf, layers } from './layers.ts';
import { filesOf } from './products.ts';
import { countLines } from './source-lines.ts';

/** A product's lines that are neither empty nor comment, layers without any left out. */
export function linesOf(product: ProductName): Pick<Facts, 'lines' | 'testLines'> {
  const { folder, sources, tests } = filesOf(product);
  const count = (files: string[]): number =>
    files.reduce((sum, file) => sum + countLines(file, readFileSync(path.join(folder, file), 'utf8')), 0);
  const lines = layers.flatMap((layer) => {
    const files = sources.filter((file) => layerOf(product, file) === layer);
    return files.length > 0 ? [{ layer, files: files.length, lines: count(files) }] : [];
  });
  return { lines, testLines: count(tests) };
}
