import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fixtureCatalogue } from '../../report/fixtures/catalogue.ts';
import { fixturePlaces } from '../../report/fixtures/places.ts';
import { fixtureRecords } from '../../report/fixtures/run.ts';
import { summarise } from '../../report/summarise.ts';
import { tellGitHub, withoutCommands } from './github.ts';

const summary = summarise(fixtureRecords(), fixtureCatalogue);

test('a workflow of GitHub gets annotations and a step summary', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-github-'));
  const file = path.join(folder, 'summary.md');
  const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file };
  expect(tellGitHub(summary, fixturePlaces, environment)).toMatch(/^::error file=contract\/rules\//u);
  expect(readFileSync(file, 'utf8')).toMatch(/^# backend-a breaks 1 of 90 rules/u);
  rmSync(folder, { recursive: true });
});

test('nobody else does', () => {
  expect(tellGitHub(summary, fixturePlaces, {})).toBe('');
  expect(withoutCommands('::error::hello', {})).toBe('::error::hello');
});

test('a judged server cannot give commands to a workflow', () => {
  const text = withoutCommands('\n  ::error::hello\n', { GITHUB_ACTIONS: 'true' });
  const [, token] = /^::stop-commands::([\w-]{36})\n/u.exec(text) ?? [];
  expect(text.endsWith(`\n::${token}::\n`)).toBe(true);
});
