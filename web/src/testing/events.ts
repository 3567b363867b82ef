import type { DuetEvent } from '../api/schema.ts';

export function typingEvent(id: string): DuetEvent {
  const data = { at: '2026-01-01T00:00:00.000Z', appointmentId: 'appointment', accountId: 'somebody' };
  return { id, event: 'message.typing', data };
}
