import { changingOf, withHeaders } from '../answers.ts';
import { faults } from '../declare.ts';

/** Folds by a measure of one's own. */
function folded(line: string, longest: number, sizeOf: (character: string) => number): string {
  let room = longest;
  return [...line].reduce((rows, character) => {
    const size = sizeOf(character);
    const isFull = size > room;
    room = isFull ? longest - 1 - size : room - size;
    return `${rows}${isFull ? '\r\n ' : ''}${character}`;
  }, '');
}

export default faults('appointments/calendar', {
  'commas-unescaped': {
    describe: 'commas are not escaped',
    override: (honest) => ({ calendarText: (text) => honest.calendarText(text).replaceAll('\\,', ',') }),
  },
  'semicolons-unescaped': {
    describe: 'semicolons are not escaped',
    override: (honest) => ({ calendarText: (text) => honest.calendarText(text).replaceAll('\\;', ';') }),
  },
  'backslashes-unescaped': {
    describe: 'backslashes are not escaped',
    override: (honest) => ({ calendarText: (text) => honest.calendarText(text).replaceAll('\\\\', '\\') }),
  },
  'line-ends-raw': {
    describe: 'a line end in a text ends the line',
    override: (honest) => ({ calendarText: (text) => honest.calendarText(text).replaceAll('\\n', '\r\n') }),
  },
  'characters-counted': {
    describe: 'lines are folded at 75 characters, not octets',
    override: () => ({ foldedLine: (line) => folded(line, 75, () => 1) }),
  },
  'one-octet-more': {
    describe: 'lines are folded at 76 octets',
    override: () => ({ foldedLine: (line) => folded(line, 76, (character) => Buffer.byteLength(character)) }),
  },
  'never-folded': {
    describe: 'lines are not folded',
    override: () => ({ foldedLine: (line) => line }),
  },
  'split-characters': {
    describe: 'a fold splits a character of several octets',
    override: () => ({
      foldedLine: (line) => {
        const bytes = Buffer.from(line);
        const rows = Array.from({ length: Math.ceil(bytes.length / 74) }, (_, row) =>
          bytes.subarray(row * 74, row * 74 + 74),
        );
        return rows.map((row) => row.toString()).join('\r\n ');
      },
    }),
  },
  'bare-line-feeds': {
    describe: 'lines end in LF alone',
    override: () => ({ calendarLineEnd: () => '\n' }),
  },
  'local-times': {
    describe: 'times are local, without Z',
    override: (honest) => ({ calendarInstant: (instant) => honest.calendarInstant(instant).replace('Z', '') }),
  },
  'new-uid-on-cancel': {
    describe: 'a cancelled appointment has another UID',
    override: (honest) => ({
      calendarUid: (appointment, isCancelled) =>
        `${honest.calendarUid(appointment, isCancelled)}${isCancelled ? '-cancelled' : ''}`,
    }),
  },
  'new-uid-each-time': {
    describe: 'every request gives another UID',
    override: (honest) => {
      let asked = 0;
      return {
        calendarUid: (appointment, isCancelled) => `${(asked += 1)}-${honest.calendarUid(appointment, isCancelled)}`,
      };
    },
  },
  'always-confirmed': {
    describe: 'a cancelled appointment is CONFIRMED',
    override: () => ({ calendarStatus: () => 'CONFIRMED' }),
  },
  'british-spelling': {
    describe: 'a cancelled appointment is CANCELED',
    override: (honest) => ({
      calendarStatus: (isCancelled) => (isCancelled ? 'CANCELED' : honest.calendarStatus(isCancelled)),
    }),
  },
  'no-charset': {
    describe: 'the media type has no charset',
    intercept: changingOf(['getAppointmentCalendar'], (reply) =>
      reply.status === 200 ? withHeaders({ 'content-type': 'text/calendar' })(reply) : reply,
    ),
  },
  'no-summary': {
    describe: 'the event has no SUMMARY',
    intercept: changingOf(['getAppointmentCalendar'], (reply) => ({
      ...reply,
      body: reply.body.replace(/SUMMARY:(?:.|\r\n )*\r\n/, ''),
    })),
  },
  'no-stamp': {
    describe: 'the event has no DTSTAMP',
    intercept: changingOf(['getAppointmentCalendar'], (reply) => ({
      ...reply,
      body: reply.body.replace(/DTSTAMP:.*\r\n/, ''),
    })),
  },
});
