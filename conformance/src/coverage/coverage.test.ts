import { expect, test } from 'vitest';
import { operations } from '../driver/contract.ts';
import type { ReceivedResponse, SentRequest } from '../driver/exchange.ts';
import { coverageOf } from './coverage.ts';
import { expectedMarks, type Facts } from './expected.ts';
import { marksOf, marksOfEvent } from './marks.ts';
import { Seen } from './seen.ts';

const CORE: Facts = { profiles: ['core'], provider: 'peer', hasEmulator: false };
const FULL: Facts = { profiles: ['core', 'clock', 'launcher'], provider: 'twilio', hasEmulator: true };

function sent(method: string, path: string, body?: object, headers: Record<string, string> = {}): SentRequest {
  return { method, path, headers, body: body === undefined ? null : Buffer.from(JSON.stringify(body)) };
}

function got(status: number, body: object = {}): ReceivedResponse {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return { status, headers: { 'content-type': type }, body: Buffer.from(JSON.stringify(body)) };
}

test('an exchange shows its status, what was sent and each keyword’s side', () => {
  const marks = marksOf(sent('GET', '/v1/doctors?limit=0&q=heart&q=x'), got(400, { code: 'validation-failed' }));
  expect(marks).toEqual([
    'status listDoctors 400',
    'sent listDoctors query /q',
    'keyword listDoctors query /q type fits',
    'keyword listDoctors query /q minLength fits',
    'keyword listDoctors query /q pattern fits',
    'keyword listDoctors query /q maxLength fits',
    'keyword listDoctors query /q repeated breaks',
    'sent listDoctors query /limit',
    'keyword listDoctors query /limit type fits',
    'keyword listDoctors query /limit minimum breaks',
    'keyword listDoctors query /limit maximum fits',
  ]);
});

test('a value of an enum is told where it was sent and where it was shown', () => {
  const marks = marksOf(
    sent('GET', '/v1/appointments?status=missed'),
    got(200, { items: [{ status: 'missed', call: { state: 'none' } }], nextCursor: null }),
  );
  expect(marks).toContain('value listAppointments query /status missed');
  expect(marks).toContain('shown /components/schemas/AppointmentStatus missed');
  expect(marks.filter((mark) => mark.startsWith('shown'))).toHaveLength(2);
});

test('what is missing or unknown breaks its keyword', () => {
  const marks = marksOf(sent('PUT', '/v1/appointments/1/call/presence?x=1', { more: 1 }), got(400));
  expect(marks).toContain('keyword keepPresence query unknown breaks');
  expect(marks).toContain('keyword keepPresence body (the whole) additionalProperties breaks');
  expect(marks).toContain('keyword keepPresence body /connectionId required breaks');
  expect(marks).toContain('keyword keepPresence path /appointmentId pattern breaks');
  expect(marks).not.toContain('sent keepPresence body /connectionId');
});

test('a header counts whatever its letter case', () => {
  const marks = marksOf(sent('GET', '/v1/events', undefined, { 'last-event-id': '7' }), got(200));
  expect(marks).toContain('sent streamEvents header /Last-Event-ID');
});

test('no secret of a request is told', () => {
  const body = { email: 'a@b.example', password: 'hush hush hush' };
  expect(marksOf(sent('POST', '/v1/sessions', body), got(401)).join()).not.toMatch(/hush|a@b/);
});

test('a path or method that the contract does not have shows its code alone', () => {
  expect(marksOf(sent('GET', '/v1/nowhere'), got(404, { code: 'not-found' }))).toEqual([
    'shown /components/schemas/PlainProblemCode not-found',
  ]);
});

test('what a target cannot be brought to is not expected of it', () => {
  const core = expectedMarks(CORE);
  expect(core).toContain('status getMe 401');
  expect(core).toContain('status sendSignal 202');
  expect(core.filter((mark) => /^status \S+ 50[03]$|receiveRoomStatus|wrong-provider/.test(mark))).toEqual([]);
  const full = expectedMarks(FULL);
  expect(full).toContain('status receiveRoomStatus 403');
  expect(full).toContain('status getMe 500');
  expect(full).toContain('status joinCall 503');
  expect(full).toContain('shown /components/schemas/PlainProblemCode video-unavailable');
  expect(full).not.toContain('status sendSignal 202');
});

test('an event shows its type and the values of enums in its data', () => {
  const data = { at: '2026-01-01T00:00:00.000Z', appointment: { status: 'cancelled', call: { state: 'none' } } };
  expect(marksOfEvent('appointment.cancelled', data)).toEqual([
    'event appointment.cancelled',
    'shown /components/schemas/AppointmentStatus cancelled',
    'shown /components/schemas/Call/properties/state none',
  ]);
  expect(marksOfEvent('appointment.forgotten', data)).toEqual([]);
});

test('signals are told on plain WebRTC alone, every other event everywhere', () => {
  const typesOf = (facts: Facts): string[] => expectedMarks(facts).filter((mark) => mark.startsWith('event '));
  expect(typesOf(CORE)).toHaveLength(14);
  expect(typesOf(CORE).filter((type) => !typesOf(FULL).includes(type))).toEqual(['event call.signal']);
});

test('each operation is expected with each of its statuses below 500', () => {
  const documented = operations
    .filter(({ provider }) => provider !== 'twilio')
    .flatMap(({ responses }) => [...responses.keys()].filter((status) => status < 500));
  expect(expectedMarks(CORE).filter((mark) => mark.startsWith('status ')).length).toBe(documented.length);
});

test('an empty run has seen nothing, and says so', () => {
  const groups = coverageOf(new Set(), CORE);
  expect(groups.map(({ name }) => name)).toEqual(['statuses', 'places', 'event types', 'enum values', 'keyword sides']);
  expect(groups[0]?.missing.slice(0, 2)).toEqual(['getMeta 200', 'getMeta 400']);
  for (const { expected, missing } of groups) expect(missing).toHaveLength(expected);
});

test('a run that has seen everything misses nothing', () => {
  const groups = coverageOf(new Set(expectedMarks(FULL)), FULL);
  expect(groups.flatMap(({ missing }) => missing)).toEqual([]);
});

test('what one worker misses another may see, at the same target', () => {
  const seen = new Seen();
  seen.add('one', ['status getMeta 200']);
  seen.add('other', ['status getMeta 400']);
  seen.add('one', ['status getMeta 200', 'status getMe 401']);
  expect([...seen.of('one')]).toEqual(['status getMeta 200', 'status getMe 401']);
  expect([...seen.of('nobody')]).toEqual([]);
});
