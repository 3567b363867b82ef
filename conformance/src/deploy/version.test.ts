import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { existingBackends } from '../stack/backends.ts';
import { clearVersions, makeVersion, migrationOf, raised } from './version.ts';

afterAll(clearVersions);

describe('a later version', () => {
  it('raises the third part', () => {
    expect(raised('1.0.0', 2)).toBe('1.0.2');
    expect(raised('2.3.9', 1)).toBe('2.3.10');
  });

  it('only ever adds by its migrations, under a name of its own', () => {
    const all = Array.from({ length: 12 }, (_, index) => migrationOf(index + 1).sql);
    expect(new Set(all).size).toBe(12);
    expect(all.filter((sql) => /\b(DROP|RENAME|TYPE)\b/.test(sql))).toEqual([]);
  });

  it.each(existingBackends())('of backend-%s has its version and every migration up to its own', (id) => {
    const { cwd, version } = makeVersion(id, 2);
    const before = makeVersion(id, 1);
    const contract = path.join(cwd, '../node_modules/@duet/contract/generated/openapi.json');
    expect(JSON.parse(readFileSync(contract, 'utf8')).info.version).toBe(version);
    expect(version).not.toBe(before.version);
    const folder = path.join(cwd, id === 'a' ? 'src/db/migrations' : 'prisma/migrations');
    expect(readdirSync(folder).filter((name) => /deploy.\d/.test(name))).toHaveLength(2);
    expect(existsSync(path.join(cwd, 'src/main.ts'))).toBe(true);
  });
});
