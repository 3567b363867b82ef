import ICAL from 'ical.js';
import { expect } from 'vitest';
import type { Person } from '../../src/actors.ts';
import { book, on } from '../../src/bookings.ts';
import type { Answer } from '../../src/driver/answer.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';

const CONTENT_LINE =
  /^[A-Z0-9-]+(;[A-Z0-9-]+=("[^"\x00-\x1f\x7f]*"|[^",:;\x00-\x1f\x7f]*)(,("[^"\x00-\x1f\x7f]*"|[^",:;\x00-\x1f\x7f]*))*)*:[^\x00-\x08\x0a-\x1f\x7f]*$/i;
const ESCAPED_TEXT = /^([^\\;,]|\\[\\;,nN])*$/;
const TEXT_PROPERTIES = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'UID', 'STATUS', 'PRODID'];

/** Display names of 100 code points at most, each hard on a calendar file in its own way. */
const NAMES = [
  'Dr. Semi; Comma, Back\\slash: "quoted" \\n',
  '𝒳'.repeat(100),
  'é👩🏽‍⚕️日本語'.repeat(10),
  'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected',
  'line\nfeed\rreturn\u2028separator\u0085next',
  'bell\u0007escape\u001bdelete\u007ftab\tend',
  ' leading and trailing ',
  'مرحبا‏ \u202eright to left\u202c',
];

/** Physical lines as bytes; CRLF alone ends one. */
function physicalLines(answer: Answer): Uint8Array[] {
  const bytes = Buffer.from(answer.bytes);
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf('\r\n'); end >= 0; end = bytes.indexOf('\r\n', from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 2;
  }
  return from === bytes.length ? lines : [...lines, bytes.subarray(from)];
}

/** The content lines, after all that RFC 5545 says of lines was found kept. */
function contentLines(answer: Answer): string[] {
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/calendar; ?charset="?utf-8"?$/i);
  const unfolded: string[] = [];
  for (const bytes of physicalLines(answer)) {
    expect(bytes.length, Buffer.from(bytes).toString()).toBeLessThanOrEqual(75);
    // A fold inside a UTF-8 sequence would not decode.
    const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (/^[ \t]/.test(line) && unfolded.length > 0) unfolded[unfolded.length - 1] += line.slice(1);
    else unfolded.push(line);
  }
  for (const line of unfolded) expect(line).toMatch(CONTENT_LINE);
  return unfolded;
}

function valuesOf(lines: string[], name: string): string[] {
  return lines
    .filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    .map((line) => line.slice(line.indexOf(':') + 1));
}

/** The one VEVENT, read by a parser of its own. */
function readEvent(answer: Answer): { lines: string[]; uid: string; summary: string; status: string } {
  const lines = contentLines(answer);
  expect([lines[0], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
  expect(lines.filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT']);
  expect(lines.filter((line) => line.startsWith('END:'))).toEqual(['END:VEVENT', 'END:VCALENDAR']);
  expect(valuesOf(lines, 'VERSION')).toEqual(['2.0']);
  expect(valuesOf(lines, 'PRODID')).toHaveLength(1);
  for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'STATUS']) {
    expect(valuesOf(lines, name), name).toHaveLength(1);
  }
  for (const name of TEXT_PROPERTIES) {
    for (const value of valuesOf(lines, name)) expect(value, name).toMatch(ESCAPED_TEXT);
  }
  const calendar = ICAL.Component.fromString(answer.text);
  const events = calendar.getAllSubcomponents('vevent');
  expect(events).toHaveLength(1);
  const [uid, summary, status] = ['uid', 'summary', 'status'].map((name) =>
    String(events[0]?.getFirstPropertyValue(name)),
  );
  return { lines, uid: uid ?? '', summary: summary ?? '', status: status ?? '' };
}

function inBasicForm(instant: string): string {
  return instant.replace(/[-:]|\.000/g, '');
}

rule('appointments/calendar', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  const calendar = (person: Person, appointment: { id: string }, replica = 0) =>
    person.send('getAppointmentCalendar', { path: on(appointment), replica });

  test('gives one VEVENT with its times in UTC', async () => {
    const startsAt = fromNow({ days: 1 });
    const appointment = await book(user, doctor, { startsAt, durationMinutes: 45, reason: 'a rash' });
    const { lines, uid, summary, status } = readEvent(await calendar(user, appointment));
    expect(lines).toContain(`DTSTART:${inBasicForm(startsAt)}`);
    expect(lines).toContain(`DTEND:${inBasicForm(later(startsAt, { minutes: 45 }))}`);
    expect(valuesOf(lines, 'DTSTAMP')[0]).toMatch(/^\d{8}T\d{6}Z$/);
    expect(uid).toMatch(/\S/);
    expect(summary).toMatch(/\S/);
    expect(status).toBe('CONFIRMED');
  });

  test('ends every line in CRLF, the last one included', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 6 }) });
    const { text } = await calendar(user, appointment);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n'), JSON.stringify(text.slice(-20))).toBe(true);
  });

  test('writes a start that was sent with an offset in UTC', async () => {
    const startsAt = later('2000-01-01T23:30:00Z', { days: Math.ceil(Date.now() / 86_400_000) - 10_957 + 30 });
    const spelled = `${later(startsAt, { hours: -7 }).slice(0, 19)}-07:00`;
    const appointment = await book(user, doctor, { startsAt: spelled, durationMinutes: 60 });
    const { lines } = readEvent(await calendar(doctor, appointment));
    expect(lines).toContain(`DTSTART:${inBasicForm(startsAt)}`);
    expect(lines).toContain(`DTEND:${inBasicForm(later(startsAt, { hours: 1 }))}`);
  });

  test('keeps the UID for both, at every request and after a cancel', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 2 }) });
    const other = await book(user, doctor, { startsAt: fromNow({ days: 3 }) });
    const { uid } = readEvent(await calendar(user, appointment));
    expect(readEvent(await calendar(user, appointment, 1)).uid).toBe(uid);
    expect(readEvent(await calendar(doctor, appointment)).uid).toBe(uid);
    expect(readEvent(await calendar(user, other)).uid).not.toBe(uid);
    expect((await user.send('updateMe', { body: { displayName: 'Renamed' } })).status).toBe(200);
    expect(readEvent(await calendar(user, appointment)).uid).toBe(uid);
    expect((await user.send('cancelAppointment', { path: on(appointment) })).status).toBe(200);
    const cancelled = readEvent(await calendar(doctor, appointment));
    expect([cancelled.uid, cancelled.status]).toEqual([uid, 'CANCELLED']);
    expect(cancelled.lines).toContain(`DTSTART:${inBasicForm(appointment.startsAt)}`);
  });

  test('is CONFIRMED before, during and after the call', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ hours: 1 }) });
    const statusAt = async (now: string) => readEvent(await calendar(user.at(now), appointment)).status;
    expect(await statusAt(later(appointment.startsAt, { minutes: -5 }))).toBe('CONFIRMED');
    expect(await statusAt(appointment.endsAt)).toBe('CONFIRMED');
    const running = await book(user, doctor, { startsAt: fromNow({ hours: 3 }) });
    await user.at(running.startsAt).send('joinCall', { path: on(running) });
    const during = await calendar(user.at(running.startsAt), running);
    const after = await calendar(user.at(later(running.endsAt, { hours: 1 })), running);
    expect([readEvent(during).status, readEvent(after).status]).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  test('folds lines and escapes text, whatever the people are called', async () => {
    const appointment = await book(user, doctor, {
      startsAt: fromNow({ days: 4 }),
      reason: [...NAMES.join('')].slice(0, 500).join(''),
    });
    for (const displayName of NAMES) {
      for (const person of [doctor, user]) {
        expect((await person.send('updateMe', { body: { displayName } })).status, displayName).toBe(200);
      }
      readEvent(await calendar(user, appointment));
    }
  });

  test('escapes the names it shows so that they read back as they are', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ days: 5 }) });
    const names = ['Dr. Semi; Comma, Back\\slash', 'Ünï 👩🏽‍⚕️, "quoted": \\N; \\\\'] as const;
    for (const [index, person] of [doctor, user].entries()) {
      await person.send('updateMe', { body: { displayName: names[index] ?? '' } });
    }
    const { summary } = readEvent(await calendar(user, appointment));
    const shown = names.filter((name) => summary.includes(name));
    const hinted = ['Semi', 'quoted'].filter((word) => summary.includes(word));
    expect(shown).toHaveLength(hinted.length);
  });
});
