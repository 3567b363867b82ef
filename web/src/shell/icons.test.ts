import { icons } from '@iconify-json/lucide';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const sources = path.join(import.meta.dirname, '..');

test('every icon that is named is bundled: none is fetched from elsewhere', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name));
  const named = files.flatMap((name) => {
    const text = readFileSync(path.join(sources, name), 'utf8');
    return Array.from(text.matchAll(/i-lucide-([a-z0-9-]+)/g), ([, icon = '']) => ({ name, icon }));
  });
  const unknown = named.filter(({ icon }) => !(icon in icons.icons) && !(icon in (icons.aliases ?? {})));
  expect(unknown).toEqual([]);
  expect(named.length).toBeGreaterThan(0);
});
