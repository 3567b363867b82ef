import { expect, it } from 'vitest';
import type { ReceivedSignal } from '../call-session.ts';
import { readSignal } from './signal-data.ts';

const media = { microphone: true, camera: false, screen: false };
const received = (type: ReceivedSignal['type'], data: ReceivedSignal['data']): ReceivedSignal => ({
  at: '2026-03-02T09:29:59.001Z',
  appointmentId: 'appointment',
  senderId: 'sender',
  clientId: 'client',
  connectionId: 'connection',
  epoch: 1,
  type,
  data,
});

it.each([
  ['offer', { attempt: 'a', revision: 1, sdp: 'v=0', media }],
  ['answer', { attempt: 'a', revision: 1, sdp: 'v=0', media }],
  ['candidate', { attempt: 'a', candidates: [] }],
  ['restart', { want: 'ice', attempt: 'a' }],
  ['media', media],
] as const)('reads %s', (type, data) => {
  expect(readSignal(received(type, data))).toEqual({ type, data });
});

it.each([
  ['offer', { sdp: 'v=0' }],
  ['candidate', { attempt: 'a' }],
  ['restart', { want: 'tea' }],
  ['media', { microphone: 1 }],
  ['media', null],
] as const)('lets %s of another make pass by', (type, data) => {
  expect(readSignal(received(type, data))).toBeNull();
});
