import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BackendId, Stack } from './stack.ts';

export type Replica = { url: string; pid: number };

type Announced = { backends: { name: string; urls: string[] }[] };
type ProcessRecord = { name: string; process: { pid: number } };

/** The processes of one backend, as the stack wrote them down. */
export function replicasOf(stack: Stack, backend: BackendId): Replica[] {
  const announced = read<Announced>(path.join(stack.stateFolder, 'stack.json'));
  const urls = announced.backends.find(({ name }) => name.startsWith(`backend-${backend}`))?.urls ?? [];
  const folder = path.join(stack.stateFolder, 'processes');
  const records = readdirSync(folder).map((file) => read<ProcessRecord>(path.join(folder, file)));
  return urls.flatMap((url, index) => {
    const isThis = ({ name }: ProcessRecord): boolean =>
      name.startsWith(`backend-${backend}`) && name.endsWith(`(replica ${index + 1})`);
    const pid = records.find(isThis)?.process.pid;
    return pid === undefined ? [] : [{ url, pid }];
  });
}

/** How many event streams a replica holds. */
export async function openStreams({ url }: Replica): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^event_streams_open (\d+)/m.exec(text)?.[1] ?? 0);
}

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}
