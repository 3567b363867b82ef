import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** Keeps the numbers of `+ number` that no `- number` takes back; at the end of its input it ends those process groups. */
const SCRIPT = `
living=
while read -r sign number; do
  kept=
  for one in $living; do [ "$one" = "$number" ] || kept="$kept $one"; done
  living=$kept
  [ "$sign" = - ] || living="$living $number"
done
for one in $living; do kill -s KILL -- "-$one"; done
`;

let told: Writable | undefined;

/**
 * Has a process group ended as soon as this process is gone, whatever ended it. A handler of ours would not do: SIGKILL runs
 * none, and the test runner ends its workers by it when the command ends before them.
 */
export function guardGroup(pid: number): void {
  told ??= startGuard();
  told.write(`+ ${pid}\n`);
}

/** The group has ended, and its number may become another's. */
export function releaseGroup(pid: number): void {
  told?.write(`- ${pid}\n`);
}

/** Detached, so that a Ctrl-C does not end it; it neither keeps us alive nor outlives us by more than its last work. */
function startGuard(): Writable {
  const guard = spawn('sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const ignored = (): void => undefined; // Without a guard the next command ends what is left over.
  guard.on('error', ignored);
  guard.stdin.on('error', ignored);
  guard.unref();
  (guard.stdin as Socket).unref();
  return guard.stdin;
}
