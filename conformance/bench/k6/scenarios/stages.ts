import type { Loop, Stage } from './order.ts';

/** What k6 and the harness must know alike of a load's stages. */

/** How long a stage's last requests may take; meanwhile the next one begins, by virtual users of its own. */
export const GRACE_SECONDS = 2;

/** The stages of a loop; a closed one has one, without a rate. */
export function stagesOf(loop: Loop): Stage[] {
  return loop.kind === 'open' ? loop.stages : [{ ratePerSecond: 0, seconds: loop.seconds }];
}

/** The second at which a stage begins; of the place behind the last one, the end of the load. */
export function beginOf(stages: readonly Stage[], place: number): number {
  return stages.slice(0, place).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** How many virtual users there are: those of all stages that are under way at once. */
export function virtualUsersOf(loop: Loop): number {
  if (loop.kind === 'closed') return loop.connections;
  const { stages, virtualUsers } = loop;
  const ends = stages.map((_, place) => beginOf(stages, place + 1) + GRACE_SECONDS);
  const atOnce = stages.map((_, place) => {
    const begin = beginOf(stages, place);
    return ends.filter((end, other) => other <= place && end >= begin).length;
  });
  return virtualUsers * Math.max(...atOnce);
}

/** How many turns in each world are taken before a stage begins. */
export function turnsBefore(stages: readonly Stage[], place: number, worlds: number): number {
  return stages
    .slice(0, place)
    .reduce((sum, { ratePerSecond, seconds }) => sum + Math.ceil((ratePerSecond * seconds) / worlds) + 1, 0);
}
