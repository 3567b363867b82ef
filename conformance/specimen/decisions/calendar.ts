import type { Appointment } from '../world.ts';

const stamp = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');

export const calendarDecisions = {
  calendarUid: (appointment: Appointment, _isCancelled: boolean): string => `${appointment.id}@duet.example`,

  calendarInstant: (instant: number): string => stamp(instant),

  calendarStatus: (isCancelled: boolean): string => (isCancelled ? 'CANCELLED' : 'CONFIRMED'),

  calendarText: (text: string): string =>
    text
      .replace(/\\/g, '\\\\')
      .replace(/[;,]/g, '\\$&')
      .replace(/\r\n|\r|\n/g, '\\n')
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, ''),

  /** Folds at 75 octets, never inside a character. */
  foldedLine: (line: string): string => {
    const rows = [''];
    let octets = 0;
    for (const character of line) {
      const size = Buffer.byteLength(character);
      if (octets + size > 75) {
        rows.push(' ');
        octets = 1;
      }
      rows[rows.length - 1] += character;
      octets += size;
    }
    return rows.join('\r\n');
  },

  calendarLineEnd: (): string => '\r\n',
};
