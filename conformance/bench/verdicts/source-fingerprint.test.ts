import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './source-fingerprint.ts';

let root = '';
const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'duet-fingerprint-'));
  put('server/main.ts', 'listen()');
  put('rules/a.test.ts', 'expect()');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the same sources have the same fingerprint', () => {
  expect(fingerprint(root, ['server', 'rules'])).toBe(fingerprint(root, ['server', 'rules']));
});

test('a changed, added or renamed file changes it', () => {
  const seen = new Set([fingerprint(root, ['server'])]);
  put('server/main.ts', 'listen(1)');
  seen.add(fingerprint(root, ['server']));
  put('server/.env', '');
  put('server/other.ts', '');
  seen.add(fingerprint(root, ['server']));
  rmSync(path.join(root, 'server/other.ts'));
  put('server/another.ts', '');
  seen.add(fingerprint(root, ['server']));
  expect(seen.size).toBe(4);
});

test('a file on its own counts too', () => {
  put('package-lock.json', '{}');
  const before = fingerprint(root, ['server', 'package-lock.json']);
  put('package-lock.json', '{ }');
  expect(fingerprint(root, ['server', 'package-lock.json'])).not.toBe(before);
});

test('other folders and what is installed do not', () => {
  const before = fingerprint(root, ['server']);
  put('rules/b.test.ts', '');
  put('server/node_modules/express/index.js', '');
  put('server/dist/main.js', '');
  expect(fingerprint(root, ['server'])).toBe(before);
});
