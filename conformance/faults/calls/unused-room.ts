import { faults } from '../declare.ts';
import { wrappingWhole } from '../wrapping/declare.ts';

const mode = wrappingWhole(new URL('./unused-room.wrapper.ts', import.meta.url));

export default faults('calls/unused-room', {
  'joins-connect': mode('joins-connect', 'a join counts as a connection', [
    'webhooks/room-status',
    'calls/state',
    'calls/leave',
  ]),
  'ends-the-call': mode('ends-the-call', 'a discarded room completes the appointment', [
    'calls/empty-room',
    'webhooks/room-status',
  ]),
  'starts-again': mode('starts-again', 'a discarded room takes startedAt with it', [
    'calls/empty-room',
    'webhooks/room-status',
  ]),
  'waits-on': mode('waits-on', 'a discarded room is still shown', [
    'calls/empty-room',
    'webhooks/room-status',
    'calls/provider-failure',
  ]),
});
