import { faults } from '../declare.ts';
import { wrappingWhole } from '../wrapping/declare.ts';

const mode = wrappingWhole(new URL('./room-status.wrapper.ts', import.meta.url));

export default faults('webhooks/room-status', {
  'by-sequence': mode('by-sequence', 'SequenceNumber is taken for the order'),
  'repeats-refused': mode('repeats-refused', 'a repeated callback is refused'),
  'as-they-come': mode('as-they-come', 'callbacks count in the order in which they come'),
  'to-the-second': mode('to-the-second', 'the milliseconds of a Timestamp are dropped'),
  'ends-unheard': mode('ends-unheard', 'room-ended changes nothing', ['calls/unused-room', 'calls/empty-room']),
  'disconnects-unheard': mode('disconnects-unheard', 'participant-disconnected changes nothing', ['calls/empty-room']),
  'unknown-event-refused': mode('unknown-event-refused', 'an event that is not known is refused'),
  'has-content': mode('has-content', 'a callback is answered with 200', [
    'http/documented-response',
    'webhooks/signature',
  ]),
});
