import type { World } from './world.ts';

/** The same world once more, which nobody listens to; what happens in one of the two does not in the other. */
export function cloneWorld(world: World): World {
  const logs = [...world.eventLogs].map(([accountId, { lastId, events }]) => {
    return [accountId, { lastId, events: structuredClone(events), listeners: new Set<never>() }] as const;
  });
  const { eventLogs, openStreams } = { eventLogs: new Map(logs), openStreams: new Set<never>() };
  return { ...structuredClone({ ...world, eventLogs: null, openStreams: null }), eventLogs, openStreams };
}
