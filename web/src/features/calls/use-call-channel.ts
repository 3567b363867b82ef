import { onEvent } from '../../api/events.ts';
import type { CallEvent, ReceivedSignal } from '../../call/call-session.ts';
import { createRelay, type Relay } from './relay.ts';

export type CallChannel = { signals: Relay<ReceivedSignal>; events: Relay<CallEvent> };

/** What the event stream tells of one call, held until its session listens. */
export function useCallChannel(appointmentId: string): CallChannel {
  const signals = createRelay<ReceivedSignal>();
  const events = createRelay<CallEvent>();

  onEvent('call.signal', ({ data }) => {
    if (data.appointmentId === appointmentId) signals.push(data);
  });
  onEvent(['call.participant-joined', 'call.participant-left', 'call.ended', 'appointment.cancelled'], (event) => {
    if (event.data.appointment.id === appointmentId) events.push(event);
  });
  onEvent('call.superseded', (event) => {
    if (event.data.appointmentId === appointmentId) events.push(event);
  });

  return { signals, events };
}
