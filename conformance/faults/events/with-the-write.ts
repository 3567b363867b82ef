import type { Intercept } from '../../specimen/fault.ts';
import { isProblem, sessionOf } from '../answers.ts';
import { faults } from '../declare.ts';

/** Tells the caller something of a refused request. */
const telling =
  (event: string): Intercept =>
  async (visit, next, world) => {
    const reply = await next();
    const session = sessionOf(visit, world);
    const log = world.eventLogs.get(session?.accountId ?? '');
    if (!log || !isProblem(reply) || visit.method !== 'POST') return reply;
    log.lastId += 1;
    const data = { at: new Date().toISOString(), sessionIds: [session?.id] };
    const stored = { id: log.lastId, event, data, writtenAt: Date.now(), appointmentId: null };
    log.events.push(stored);
    for (const listener of log.listeners) listener(stored);
    return reply;
  };

export default faults('events/with-the-write', {
  'of-a-refusal': {
    describe: 'a refused request is told',
    intercept: telling('session.revoked'),
  },
  'stored-late': {
    describe: 'an event is stored 100 ms after the answer',
    neighbours: ['events/gapless'],
    override: () => ({ storeDelay: () => 100 }),
  },
});
