import { createHmac, randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import type { Account, Profile } from './contract.ts';
import { Problem } from './problem.ts';
import type { Complain, Receive } from './receive.ts';
import type { Env, World } from './world.ts';

/** Where a doctor stands in the directory. */
type Place = readonly [displayName: string, id: string];

const LONGEST_RANGE_MS = 31 * 24 * 3_600_000;
/** One process, whose data end with it: so may the cursors. */
const cursorSecret = randomBytes(32);

export function serveDoctors(app: Hono<Env>, receive: Receive, world: World): void {
  app.get('/v1/doctors', receive('listDoctors', refuseForeignCursor), (c) => {
    const { q, limit = 20, cursor } = c.get('input').query;
    const after = cursor === undefined ? undefined : placeIn(cursor);
    const following = [...world.people.values()]
      .map(({ account }) => account)
      .filter((account) => account.role === 'doctor' && matches(account, q))
      .filter((account) => after === undefined || inOrder(placeOf(account), after) > 0)
      .sort((one, other) => inOrder(placeOf(one), placeOf(other)));
    const page = following.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && following.length > page.length;
    const nextCursor = hasMore ? cursorFor(c.get('session').person.account.id, q, placeOf(last)) : null;
    return c.json({ items: page.map(profileOf), nextCursor });
  });

  app.get('/v1/doctors/:doctorId', receive('getDoctor'), (c) =>
    c.json(profileOf(doctorCalled(c.get('input').path.doctorId))),
  );

  app.get('/v1/doctors/:doctorId/busy-times', receive('listBusyTimes'), (c) => {
    const { path, query } = c.get('input');
    doctorCalled(path.doctorId);
    const range = Date.parse(query.to) - Date.parse(query.from);
    if (range <= 0) throw new Problem('invalid-range', 'The range ends before it begins. Give a `to` after `from`.');
    if (range > LONGEST_RANGE_MS) throw new Problem('range-too-long', 'Ask for 31 days at most.');
    // Nobody can book here yet.
    return c.json({ items: [] });
  });

  function doctorCalled(id: string): Account {
    const account = world.people.get(id.toLowerCase())?.account;
    if (account?.role === 'doctor') return account;
    throw new Problem('not-found', 'There is no doctor of this id. Look for one in the list of doctors.');
  }
}

function profileOf({ id, role, displayName, specialty }: Account): Profile {
  return { id, role, displayName, specialty };
}

function matches({ displayName, specialty }: Account, q: string | undefined): boolean {
  if (q === undefined) return true;
  return [displayName, specialty ?? ''].some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

function placeOf({ displayName, id }: Account): Place {
  return [displayName, id];
}

/** By name and then by id, each in code point order, which is the order of their bytes in UTF-8. */
function inOrder([name, id]: Place, [otherName, otherId]: Place): number {
  return (
    Buffer.compare(Buffer.from(name), Buffer.from(otherName)) || Buffer.compare(Buffer.from(id), Buffer.from(otherId))
  );
}

/** A cursor is a place and a seal, which is good for one account and one `q`. */
function cursorFor(accountId: string, q: string | undefined, place: Place): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url');
  const seal = createHmac('sha256', cursorSecret).update(JSON.stringify(['listDoctors', accountId, q ?? null, place]));
  return `${text}.${seal.digest('base64url')}`;
}

/** @throws SyntaxError when it is no cursor of ours */
function placeIn(cursor: string): Place {
  return JSON.parse(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString()) as Place;
}

const refuseForeignCursor: Complain = ({ query: { q, cursor } }, { person }) => {
  if (typeof cursor !== 'string' || isOwn(cursor)) return [];
  return [{ in: 'query', pointer: '/cursor', rule: 'format', message: 'was not issued for this query' }];

  function isOwn(text: string): boolean {
    try {
      return cursorFor(person.account.id, q as string | undefined, placeIn(text)) === text;
    } catch {
      return false;
    }
  }
};
