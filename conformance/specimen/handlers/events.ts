import type { ServerResponse } from 'node:http';
import { callStateOf } from '../call-state.ts';
import type { CallerContext, CallerHandler } from '../context.ts';
import { logOf, written } from '../events.ts';
import type { StoredEvent } from '../world.ts';

export const streamEvents: CallerHandler = (context) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
  body: '',
  stream: (response) => follow(context, response),
});

function follow(context: CallerContext, response: ServerResponse): void {
  const { behaviour, world, caller, session, replica } = context;
  const log = logOf(world, caller.id);
  const isForgotten = (event: StoredEvent) => isForgottenSignal(context, event);
  const send = (event: StoredEvent) => {
    const data = isForgotten(event) ? { ...event.data, data: null } : event.data;
    response.write(written(event.id, event.event, data));
    if (response.writableLength > behaviour.longestBacklog()) response.destroy();
  };
  response.write(': welcome\n\n');
  for (const missed of missedEvents(context)) send(missed);
  const listener = (event: StoredEvent) => {
    const delay = behaviour.eventDelay(replica);
    if (delay === 0) send(event);
    else setTimeout(() => send(event), delay);
  };
  const comments = setInterval(() => {
    if (behaviour.isExpired(session, Date.now() + context.now - context.openedAt)) response.end();
    else response.write(': still here\n\n');
  }, behaviour.commentEveryMs());
  const open = { session, end: () => response.end() };
  log.listeners.add(listener);
  world.openStreams.add(open);
  response.on('close', () => {
    clearInterval(comments);
    log.listeners.delete(listener);
    world.openStreams.delete(open);
  });
}

/** What follows the Last-Event-ID, or a reset where that is not known. */
function missedEvents(context: CallerContext): StoredEvent[] {
  const { behaviour, world, caller, now, headers } = context;
  const { lastId, events } = logOf(world, caller.id);
  const sent = headers['last-event-id'];
  if (sent === undefined || sent === String(lastId)) return [];
  const kept = events.filter((event) => behaviour.isEventKept(event, now));
  const following = kept.filter(({ id }) => id > Number(sent));
  const isKnown =
    /^(0|[1-9]\d*)$/.test(sent) && (sent === '0' ? kept[0]?.id === 1 : kept.some(({ id }) => String(id) === sent));
  if (isKnown) return following;
  const data = { at: behaviour.writeInstant(now) };
  return [{ id: lastId, event: 'stream.reset', data, writtenAt: now, appointmentId: null }];
}

function isForgottenSignal(context: CallerContext, { event, appointmentId }: StoredEvent): boolean {
  if (event !== 'call.signal' || !context.behaviour.forgetsSignals()) return false;
  const appointment = context.world.appointments.get(appointmentId ?? '');
  return appointment !== undefined && callStateOf(context.behaviour, appointment, context.now).end !== null;
}
