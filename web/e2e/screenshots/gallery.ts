import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder } from './shoot.ts';

/** The page on which all of them are seen, with the folder. */
export function hang(names: string[]): void {
  const rooms = names.map((name) => {
    const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
    const row = (size: string, width: number): string =>
      ['light', 'dark']
        .map((theme) => `<img src="${name}.${size}.${theme}.webp" width="${width}" alt="${title}, ${size}, ${theme}">`)
        .join('\n');
    return `## ${title}\n\n${row('laptop', 400)}\n${row('phone', 115)}\n`;
  });
  const head = '# Every page, on a laptop and a phone, light and dark\n\nMade by `npm run screenshots -w web`.\n';
  writeFileSync(path.join(folder, 'README.md'), [head, ...rooms].join('\n'));
}
