import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const GENERATED = /(^|\/)(generated|node_modules|dist)\//;

function sources(pattern: string): { file: string; text: string }[] {
  return globSync(pattern, { cwd: ROOT, exclude: (name) => /^(node_modules|dist|generated)$/.test(name) })
    .filter((file) => !GENERATED.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

function offenders(pattern: string, broken: RegExp, allowed: RegExp = /^$/): string[] {
  return sources(pattern)
    .filter(({ file, text }) => !allowed.test(file) && broken.test(text))
    .map(({ file }) => file);
}

describe('the house', () => {
  test('top-level folders are the fixed ones', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const known = ['backend-a', 'backend-b', 'conformance', 'contract', 'k8s', 'node_modules', 'report', 'web'];
    expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('backends read the environment in config alone', () => {
    expect(
      offenders('backend-?/src/**/*.ts', /process\.env/, /\/(config[^/]*|main|migrate|schema-drift)(\.test)?\.ts$/),
    ).toEqual([]);
  });

  test('rules take now as an argument', () => {
    expect(offenders('backend-?/src/**/*.rules.ts', /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(/)).toEqual(
      [],
    );
  });

  test('no drawer is named util, helper, common or manager', () => {
    const names = sources('{contract,backend-a,backend-b,conformance,k8s,web}/**/*.ts').map(({ file }) => file);
    expect(names.filter((file) => /(^|[/.-])(utils?|helpers?|common|managers?)([/.-]|$)/i.test(file))).toEqual([]);
  });

  test('no rule test waits by time alone', () => {
    expect(offenders('conformance/rules/**/*.ts', /setTimeout\(|timers\/promises/)).toEqual([]);
  });

  test('no story of the client waits by time alone', () => {
    expect(
      offenders('web/e2e/{stories,people,views}/**/*.ts', /waitForTimeout\(|setTimeout\(|timers\/promises/),
    ).toEqual([]);
  });

  test('no test is switched off or focused', () => {
    expect(
      offenders(
        '{backend-a,backend-b,conformance,k8s,web}/**/*.test.ts',
        /\b(it|test|describe)\.(skip|only|todo|fails|skipIf|runIf)\b/,
      ),
    ).toEqual([]);
  });

  test('no backend has a switch for a fault', () => {
    expect(offenders('backend-?/src/**/*.ts', /\bFAULTS?_|injectFault|isFaulty|faultMode/)).toEqual([]);
  });

  test('no hand-written file is over 250 lines', () => {
    const long = sources('{contract,backend-a,backend-b,conformance,k8s,web}/**/*.{ts,vue}').filter(
      ({ text }) => text.split('\n').length > 251,
    );
    expect(long.map(({ file }) => file)).toEqual([]);
  });
});
