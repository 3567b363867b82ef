import { Actor } from '../src/actors.ts';
import { exchange, NoAnswer, TargetGone } from '../src/driver/connection.ts';
import { type EventStream, openEvents } from '../src/driver/event-stream.ts';
import { nextLook } from '../src/look.ts';
import type { SuiteTarget } from '../src/target.ts';
import { type Following, silence, type System } from './system.ts';

/** A revoked session's stream must end within 2 seconds, and an event come within 1. */
const patienceMs = 3_500;

/** A server at a URL, talked to by the driver. */
export function createTargetSystem(target: SuiteTarget): System {
  return {
    name: target.name,
    inviteCode: target.inviteCode ?? '',
    isJudged: true,
    async send({ operationId, replica, ...request }) {
      const url = target.urls[replica % target.urls.length] ?? '';
      const headers = { ...target.headers, ...request.headers };
      try {
        return (await exchange(url, operationId, { ...request, headers }, target)).response;
      } catch (error) {
        if (error instanceof NoAnswer) return silence(error.message);
        throw error;
      }
    },
    follow: (headers) => follow(target, headers),
  };
}

async function follow(target: SuiteTarget, headers: Record<string, string>): Promise<Following> {
  const token = (headers['authorization'] ?? '').replace(/^Bearer /, '');
  const actor = new Actor(target, token, headers['conformance-now']);
  const stream = await openEvents(actor, { lastEventId: headers['last-event-id'] ?? '0' }).catch(absentIfRefused);
  return { untilEnd: async () => (stream ? readToEnd(stream) : { events: [], isEnded: true }) };
}

/** A refused stream is one without events; that the target is gone is not for us to judge. */
function absentIfRefused(error: unknown): undefined {
  if (error instanceof TargetGone) throw error;
}

async function readToEnd(stream: EventStream): ReturnType<Following['untilEnd']> {
  const began = performance.now();
  while (stream.endedAt === undefined && performance.now() - began < patienceMs) await nextLook();
  const isEnded = stream.endedAt !== undefined;
  stream.close();
  return { events: stream.events.map(({ id, event, data }) => ({ id, event, data })), isEnded };
}
