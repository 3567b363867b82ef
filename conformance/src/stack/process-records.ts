import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { guardGroup, releaseGroup } from './guard.ts';
import { isLiving, markOf, sendSignal, startOf, type ProcessMark } from './living.ts';
import { stateFolder } from './paths.ts';

type Record = { name: string; process: ProcessMark; owner: ProcessMark };

const folder = path.join(stateFolder, 'processes');
const ours = new Set<number>();

/** Writes down that we started the leader of a process group, and has it ended when we are, even if we are killed. */
export function remember(pid: number, name: string): void {
  guardGroup(pid);
  const startedAt = startOf(pid);
  if (startedAt === null) return;
  if (ours.size === 0) process.on('exit', killOurs);
  ours.add(pid);
  mkdirSync(folder, { recursive: true });
  const record: Record = { name, process: { pid, startedAt }, owner: markOf(process.pid) };
  writeFileSync(fileOf(pid), JSON.stringify(record));
}

export function forget(pid: number): void {
  releaseGroup(pid);
  ours.delete(pid);
  if (ours.size === 0) process.off('exit', killOurs);
  rmSync(fileOf(pid), { force: true });
}

/**
 * Ends the processes whose owner died without ending them, and with `evenOurs` those of this process too.
 * @returns their names
 */
export function endLeftovers(options: { evenOurs?: boolean } = {}): string[] {
  mkdirSync(folder, { recursive: true });
  const ended: string[] = [];
  for (const file of readdirSync(folder).map((name) => path.join(folder, name))) {
    const record = read(file);
    const isOurs = record?.owner.pid === process.pid;
    if (record && (isOurs ? !options.evenOurs : isLiving(record.owner))) continue;
    if (record && isLiving(record.process) && sendSignal(-record.process.pid, 'SIGKILL')) ended.push(record.name);
    rmSync(file, { force: true });
  }
  return ended;
}

function killOurs(): void {
  for (const pid of ours) {
    sendSignal(-pid, 'SIGKILL');
    rmSync(fileOf(pid), { force: true });
  }
}

function read(file: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record;
  } catch {
    return undefined; // Half written by one that was killed meanwhile, or removed by another command just now.
  }
}

function fileOf(pid: number): string {
  return path.join(folder, `${pid}.json`);
}
