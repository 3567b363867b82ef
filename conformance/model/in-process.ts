import { PassThrough } from 'node:stream';
import { cloneWorld } from '../specimen/clone-world.ts';
import { type Core, type CoreOptions, createCore } from '../specimen/core.ts';
import type { Visit } from '../specimen/pipeline.ts';
import { fieldOf, readBlock } from '../src/driver/event-block.ts';
import type { AskedRequest, Following, System } from './system.ts';

/** A system whose state can be had once more, so that several futures of it can be tried. */
export type Forkable = System & { fork(): Forkable };

const inviteCode = 'the invite code of the model';

/** The reference model: the specimen's core, without a server around it. */
export function createModel(): Forkable {
  return overCore('model', { inviteCode }, false);
}

/** A server in process, which may tell a lie: what the model is tried on. */
export function createInProcess(name: string, lie: CoreOptions['lie']): Forkable {
  return overCore(name, { inviteCode, ...(lie && { lie }) }, true);
}

function overCore(name: string, options: CoreOptions, isJudged: boolean, core = createCore(options)): Forkable {
  return {
    name,
    inviteCode,
    isJudged,
    send: async (request) => {
      const { status, headers, body } = await core.answer(visitOf(request));
      return { status, headers, body: Buffer.from(body) };
    },
    follow: (headers) => follow(core, headers),
    fork: () => overCore(name, options, isJudged, createCore(options, cloneWorld(core.world))),
  };
}

function visitOf(request: Omit<AskedRequest, 'operationId'>): Visit {
  const [path = '', query = ''] = request.path.split('?');
  const { method, headers, replica } = request;
  const read = async (limit: number) => {
    const bytes = Buffer.from(request.body ?? []);
    return bytes.length > limit ? ('too-large' as const) : bytes;
  };
  return { method, path, query, headers, replica, body: { read, isGone: () => false } };
}

/** Longer than any lie puts an event off; an honest stream ends at once. */
const patienceMs = 300;

async function follow(core: Core, headers: Record<string, string>): Promise<Following> {
  const reply = await core.answer(visitOf({ method: 'GET', path: '/v1/events', headers, body: null, replica: 0 }));
  const pipe = new PassThrough();
  let text = '';
  const { promise: ended, resolve } = Promise.withResolvers<boolean>();
  pipe.setEncoding('utf8').on('data', (part: string) => (text += part));
  pipe.on('close', () => resolve(true));
  if (reply.stream) reply.stream(pipe);
  else pipe.end();
  return {
    untilEnd: async () => {
      const timer = setTimeout(() => resolve(false), patienceMs);
      const isEnded = await ended;
      clearTimeout(timer);
      pipe.destroy();
      return { events: eventsOf(text), isEnded };
    },
  };
}

function eventsOf(text: string): { id: string; event: string; data: unknown }[] {
  return text
    .split('\n\n')
    .map(readBlock)
    .filter(({ fields }) => fields.length > 0)
    .map((block) => ({
      id: fieldOf(block, 'id'),
      event: fieldOf(block, 'event'),
      data: parse(fieldOf(block, 'data')),
    }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
