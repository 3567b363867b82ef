import { expect, it } from 'vitest';
import { createMemory } from './memory.ts';
import { observe } from './observe.ts';

const ids = ['0b000000-0000-4000-8000-000000000001', '0a000000-0000-4000-8000-000000000002'] as const;

function response(body: unknown, headers: Record<string, string> = {}) {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body: bytes };
}

const eyes = (hasClock = true) => ({ memory: createMemory('m4rk'), hasClock });

it('calls what servers name by themselves as it came', () => {
  const memory = createMemory('m4rk');
  memory.symbols.set(ids[0], 'appointment 1');
  const body = { id: ids[0], clientId: ids[1], roomName: `${ids[0]}-1`, displayName: 'Duet m4rk Ana' };
  expect(observe({ memory, hasClock: true }, 'getMe', response(body), []).body).toEqual({
    id: 'appointment 1',
    clientId: 'id 1',
    roomName: 'room 1',
    displayName: 'Duet mark Ana',
  });
});

it('gives equal entity tags one name', () => {
  const one = eyes();
  const tags = ['"x"', '"y"', '"x"'].map((etag) => observe(one, 'getMe', response({}, { etag }), []).headers);
  expect(tags).toEqual([{ etag: 'etag 1' }, { etag: 'etag 2' }, { etag: 'etag 1' }]);
});

it('keeps instants by the clock alone', () => {
  const body = { createdAt: '2027-03-01T08:00:00.000Z', startsAt: '2027-03-01T09:00:00.000Z', cancelledAt: null };
  expect(observe(eyes(), 'getMe', response(body), []).body).toEqual(body);
  expect(observe(eyes(false), 'getMe', response(body), []).body).toEqual({ ...body, createdAt: 'some instant' });
});

it('leaves what is for people alone, and names the places of errors', () => {
  const body = { title: 'No', detail: 'Not so', errors: [{ in: 'query', pointer: '/q', rule: 'x', message: 'y' }] };
  expect(observe(eyes(), 'getMe', response(body), []).body).toEqual({
    title: 'some title',
    detail: 'some detail',
    errors: ['query /q'],
  });
});

it.each([
  [ids, false],
  [ids.toReversed(), true],
])('says of a list by ids %j whether it is in order: %s', (order, isInOrder) => {
  const body = { items: order.map((appointmentId) => ({ appointmentId, count: 1 })) };
  expect(observe(eyes(), 'getUnreadCounts', response(body), []).body).toMatchObject({ isInOrder });
});
