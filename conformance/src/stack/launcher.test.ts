import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLauncher } from './launcher.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'duet-launcher-'));
const good = {
  name: 'mine',
  start: ['node', 'main.js'],
  migrate: ['node', 'migrate.js'],
  cwd: 'server',
  env: { A: '1' },
  databaseUrl: 'postgresql://me@here/mine',
};

function fileWith(content: unknown): string {
  const file = path.join(folder, 'launcher.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('readLauncher', () => {
  it('takes cwd from the folder of the file', () => {
    expect(readLauncher(fileWith(good))).toEqual({ ...good, cwd: path.join(folder, 'server'), migrated: false });
  });

  it('takes a missing env for none', () => {
    const { env: _, ...rest } = good;
    expect(readLauncher(fileWith(rest)).env).toEqual({});
  });

  it.each([
    ['{', /launcher\.json cannot be read as JSON/],
    [[], /holds one object, such as/],
    [{ ...good, name: undefined }, /launcher\.json: name is missing: it must be a text/],
    [{ ...good, start: 'node main.js' }, /start is wrong: it must be a list of texts/],
    [{ ...good, migrate: [] }, /migrate is wrong/],
    [{ ...good, migrated: 'yes' }, /migrated is wrong: it must be true or false/],
    [{ ...good, env: { PORT: 1 } }, /env\.PORT is wrong/],
    [{ ...good, databaseUrl: 'mysql://x' }, /databaseUrl is wrong: it must be a URL such as postgresql:/],
    [{ ...good, stop: ['kill'] }, /stop is no key of a launcher; it has name, start/],
  ])('names file and key of %j', (content, message) => {
    expect(() => readLauncher(fileWith(content))).toThrow(message);
  });

  it('says that a file is not there', () => {
    expect(() => readLauncher(path.join(folder, 'none.json'))).toThrow(/none\.json: there is no such launcher file/);
  });
});
