import type { Writable } from 'node:stream';
import { callStateOf } from '../call-state.ts';
import type { CallerContext, CallerHandler } from '../context.ts';
import { logOf } from '../events.ts';
import type { StoredEvent } from '../world.ts';

export const streamEvents: CallerHandler = (context) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  body: '',
  stream: (response) => follow(context, response),
});

function follow(context: CallerContext, response: Writable): void {
  const { behaviour, world, caller, session, replica } = context;
  const log = logOf(world, caller.id);
  response.write(': welcome\n\n');
  const outlet = createOutlet(response, behaviour.longestBacklog(), (event) => shownEvent(context, event));
  outlet.send(missedEvents(context));
  const listener = (event: StoredEvent) => {
    const delay = behaviour.eventDelay(replica);
    if (delay === 0) outlet.send([event]);
    else setTimeout(() => outlet.send([event]), delay);
  };
  const comments = setInterval(() => {
    if (behaviour.isExpired(session, Date.now() + context.now - context.openedAt)) outlet.end();
    else response.write(': still here\n\n');
  }, behaviour.commentEveryMs());
  const open = { session, end: outlet.end };
  log.listeners.add(listener);
  world.openStreams.add(open);
  response.on('close', () => {
    clearInterval(comments);
    log.listeners.delete(listener);
    world.openStreams.delete(open);
  });
}

/**
 * Writes events as fast as they are read. One who does not read is dropped when more than `longest` bytes came meanwhile;
 * what was there before is no reason to drop anybody.
 */
function createOutlet(response: Writable, longest: number, textOf: (event: StoredEvent) => string) {
  const waiting: StoredEvent[] = [];
  let [isBlocked, isEnding, behind] = [false, false, 0];
  const pump = () => {
    for (let event = waiting.shift(); event; event = isBlocked ? undefined : waiting.shift()) {
      isBlocked = !response.write(textOf(event));
    }
    if (isEnding && waiting.length === 0) response.end();
  };
  response.on('drain', () => {
    [isBlocked, behind] = [false, 0];
    pump();
  });
  return {
    send(events: StoredEvent[]): void {
      waiting.push(...events);
      if (!isBlocked) return pump();
      for (const event of events) behind += Buffer.byteLength(textOf(event));
      if (behind > longest) response.destroy();
    },
    end(): void {
      isEnding = true;
      if (!isBlocked) pump();
      setTimeout(() => response.destroy(), 1_500).unref();
    },
  };
}

function shownEvent(context: CallerContext, event: StoredEvent): string {
  const data = isForgottenSignal(context, event) ? { ...event.data, data: null } : event.data;
  return context.behaviour.eventText(event.id, event.event, JSON.stringify(data));
}

/** What follows the Last-Event-ID, or a reset where that is not known. */
function missedEvents(context: CallerContext): StoredEvent[] {
  const { behaviour, world, caller, now, headers } = context;
  const { lastId, events } = logOf(world, caller.id);
  const sent = headers['last-event-id'];
  if (sent === undefined || sent === String(lastId)) return [];
  const kept = events.filter((event) => behaviour.isEventKept(event, now));
  const following = kept.filter(({ id }) => id >= behaviour.firstMissed(Number(sent)));
  const isKnown =
    /^(0|[1-9]\d*)$/.test(sent) && (sent === '0' ? kept[0]?.id === 1 : kept.some(({ id }) => String(id) === sent));
  if (isKnown) return behaviour.missedOrder(following);
  if (!behaviour.resetsUnknown()) return [];
  const data = { at: behaviour.writeInstant(now) };
  return [{ id: behaviour.resetId(lastId), event: 'stream.reset', data, writtenAt: now, appointmentId: null }];
}

function isForgottenSignal(context: CallerContext, { event, appointmentId }: StoredEvent): boolean {
  if (event !== 'call.signal') return false;
  const appointment = context.world.appointments.get(appointmentId ?? '');
  if (!appointment || !context.behaviour.forgetsSignals(appointment)) return false;
  return callStateOf(context.behaviour, appointment, context.now).end !== null;
}
