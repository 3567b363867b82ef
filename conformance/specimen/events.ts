import type { Context } from './context.ts';
import type { EventLog, StoredEvent, World } from './world.ts';

export function logOf(world: World, accountId: string): EventLog {
  const log = world.eventLogs.get(accountId) ?? { lastId: 0, events: [], listeners: new Set() };
  world.eventLogs.set(accountId, log);
  return log;
}

type Told = Pick<StoredEvent, 'event' | 'data'> & { at?: number; appointmentId?: string };

/** Stores an event for an account and tells its open streams. */
export function tell(context: Context, accountId: string, { event, data, at, appointmentId }: Told): void {
  const { behaviour, world, now } = context;
  const log = logOf(world, accountId);
  log.lastId = behaviour.nextEventId(log.lastId);
  const stored: StoredEvent = {
    id: log.lastId,
    event,
    data: { at: behaviour.writeInstant(at ?? now), ...data },
    writtenAt: now,
    appointmentId: appointmentId ?? null,
  };
  const store = () => {
    log.events.push(stored);
    for (const listener of log.listeners) listener(stored);
  };
  const delay = behaviour.storeDelay();
  if (delay === 0) store();
  else setTimeout(store, delay);
}
