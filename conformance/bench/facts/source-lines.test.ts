import { expect, test } from 'vitest';
import { countLines } from './source-lines.ts';

const typescript = `import fs from 'node:fs';

// A line of comment.
/**
 * A block of it.
 */
export const one = 1; // A comment after code.
/* before */ export const two = /\\/\\*/;

/* opened
*/ export function three(): string {
  /** Documents a constant. */
  const text = \`// no comment

  /* nor this \${one + two.lastIndex} */
  \`;
  return text; /*
  closed */
}
`;

test('lines of TypeScript hold at least a part of a token', () => {
  expect(countLines('some.ts', typescript)).toBe(9);
});

test('a file of comments alone has no lines', () => {
  expect(countLines('some.ts', '/** Says much. */\n// And more.\n\n')).toBe(0);
});

test('a file need not end with a line break', () => {
  expect(countLines('some.ts', 'const one = 1;\nconst two = 2;')).toBe(2);
});

test('SQL is counted without empty lines and comments', () => {
  expect(countLines('some.sql', '-- Why.\nCREATE TABLE t (\n  -- Because.\n  id uuid -- a key\n);\n\n')).toBe(3);
});

test('a schema of Prisma is counted without empty lines and comments', () => {
  expect(countLines('some.prisma', '/// Told on.\nmodel Account {\n  id String @id // a key\n}\n\n// The end.\n')).toBe(
    3,
  );
});

test('another language is refused', () => {
  expect(() => countLines('some.toml', 'a = 1')).toThrow('some.toml: its lines cannot be counted');
});
