import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../src/stack/command.ts';
import { findBinaries } from '../src/stack/postgres-binaries.ts';
import { repositoryRoot } from '../src/stack/paths.ts';
import type { Header } from './study/records.ts';

/** What numbers depend on beside the code. */
export function machine(): Header['machine'] {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    kernel: `${os.type()} ${os.release()}`,
    system: systemName(),
  };
}

/** Of what is measured and what measures. */
export function versions(k6: string | undefined): Record<string, string> {
  return {
    node: process.version,
    postgres: findBinaries().version,
    ...(k6 !== undefined && { k6 }),
    express: installed('express'),
    typeorm: installed('typeorm'),
    pg: installed('pg'),
    fastify: installed('fastify'),
    prisma: installed('@prisma/client'),
  };
}

/** The commit that is checked out, and whether the folder is that commit and nothing else. */
export async function checkedOut(): Promise<Pick<Header, 'commit' | 'isClean'>> {
  const [head, status] = await Promise.all([git('rev-parse', 'HEAD'), git('status', '--porcelain')]);
  return { commit: head ?? 'unknown', isClean: status === '' };
}

async function git(...words: string[]): Promise<string | undefined> {
  try {
    const { code, output } = await runCommand(['git', ...words], { cwd: repositoryRoot });
    return code === 0 ? output.trim() : undefined;
  } catch {
    return undefined; // A copy without git is measured too.
  }
}

function installed(name: string): string {
  const folders = ['backend-a', 'backend-b', '.'].map((folder) =>
    path.join(repositoryRoot, folder, 'node_modules', name),
  );
  for (const folder of folders) {
    try {
      const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
      return version;
    } catch {
      // Not in this one.
    }
  }
  return 'not installed';
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? os.platform();
  } catch {
    return os.platform();
  }
}
