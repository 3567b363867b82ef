import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { type Appointment, book, show } from '../../src/bookings.ts';
import { openEvents } from '../../src/driver/event-stream.ts';
import { fromNow } from '../../src/instants.ts';
import { listening } from '../../src/listening.ts';
import { withServers } from '../../src/launched.ts';
import { rule, type TestTarget } from '../../src/rule.ts';
import { toldUntilNow } from '../../src/told.ts';
import { callBack, callbackAbout, type CallbackFields, callbackOf, signed } from '../../src/twilio-callback.ts';
import { accessOf, joinTwilio, roomOf, type TwilioRoom } from '../../src/twilio-room.ts';

const PATH = '/v1/webhooks/twilio/rooms';

rule('webhooks/signature', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');
  let slots = 0;

  type Waiting = { appointment: Appointment; room: TwilioRoom; fields: CallbackFields; now: string };

  /** A call that the user has joined and is not connected to, and what would connect the user; time stands still in it. */
  async function waiting(target: TestTarget, now = fromNow({ hours: 1, minutes: 5 * (slots += 1) })): Promise<Waiting> {
    const appointment = await book(user, doctor, { startsAt: now, durationMinutes: 5 });
    const room = await roomOf(target, await joinTwilio(user.at(now), appointment));
    return { appointment, room, fields: callbackAbout(room, user, 'participant-connected', now), now };
  }

  async function isConnected({ appointment, now }: Waiting): Promise<boolean> {
    return (await show(doctor.at(now), appointment)).call.participants.some(({ connected }) => connected);
  }

  test('is HMAC-SHA1 over the public URL and the fields', { needs: ['emulator'] }, async ({ target }) => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const room = await roomOf(target, await joinTwilio(user, appointment));
    const fields = callbackAbout(room, user, 'participant-connected', new Date().toISOString());
    expect(new URL(room.callbackUrl).pathname.endsWith(PATH), room.callbackUrl).toBe(true);
    const names = Object.keys(fields).sort();
    const text = room.callbackUrl + names.map((name) => name + fields[name]).join('');
    const signature = createHmac('sha1', accessOf(target).authToken).update(text, 'utf8').digest('base64');
    const taken = await callBack(target, room, fields, { signature });
    expect([taken.status, taken.bytes.length]).toEqual([204, 0]);
    expect((await show(doctor, appointment)).call.participants).toMatchObject([
      { accountId: user.id, connected: true },
    ]);
  });

  test(
    'is refused when missing or wrong, and nothing changes',
    { needs: ['clock', 'emulator'] },
    async ({ target }) => {
      const { room, fields, appointment, now } = await waiting(target);
      const { authToken, apiKeySecret, accountSid } = accessOf(target);
      const right = signed(target, room.callbackUrl, fields);
      const text = room.callbackUrl + Object.keys(fields).sort().map((name) => name + fields[name]).join(''); // prettier-ignore
      const by = (key: string, algorithm = 'sha1') => createHmac(algorithm, key).update(text, 'utf8');
      const wrong: Record<string, string | null> = {
        missing: null,
        empty: '',
        'of no length': 'AAAA',
        'of the right length': 'A'.repeat(27) + '=',
        'in other letters': right === right.toLowerCase() ? right.toUpperCase() : right.toLowerCase(),
        'with one bit more': `${right.startsWith('A') ? 'B' : 'A'}${right.slice(1)}`,
        twice: `${right}, ${right}`,
        'in hexadecimal': by(authToken).digest('hex'),
        'by SHA-256': by(authToken, 'sha256').digest('base64'),
        "by the API key's secret": by(apiKeySecret).digest('base64'),
        'by the account sid': by(accountSid).digest('base64'),
        'by nothing': by('').digest('base64'),
        'over the URL alone': signed(target, room.callbackUrl, {}),
      };
      const before = await show(user.at(now), appointment);
      await listening([openEvents(user), openEvents(doctor, { replica: 1 })], async (...streams) => {
        for (const [replica, [what, signature]] of Object.entries(wrong).entries()) {
          const refused = await callBack(target, room, fields, { signature, replica });
          expect(refused, what).toBeProblem(403, 'invalid-signature');
        }
        const ended = callbackOf(room, 'room-ended', now);
        const forged = await callBack(target, room, ended, { signature: right });
        expect(forged, 'of another callback').toBeProblem(403, 'invalid-signature');
        expect(await show(user.at(now), appointment)).toEqual(before);
        for (const stream of streams) {
          const told = await toldUntilNow(stream, user.at(now), appointment);
          expect(told.filter(({ event }) => event !== 'message.created')).toEqual([]);
        }
      });
    },
  );

  test('is over all fields received, and over these alone', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const call = await waiting(target);
    const { room, fields } = call;
    const signature = signed(target, room.callbackUrl, fields);
    const { Timestamp, ParticipantSid, ...without } = fields;
    const tampered: CallbackFields[] = [
      { ...fields, ParticipantIdentity: doctor.id },
      { ...fields, StatusCallbackEvent: 'room-ended' },
      { ...fields, Unknown: '' },
      { ...fields, unknown: 'x' },
      { ...without, Timestamp: Timestamp ?? '' },
      { ...without, ParticipantSid: ParticipantSid ?? '' },
      { ...fields, SequenceNumber: `${fields['SequenceNumber']} ` },
    ];
    for (const changed of tampered) {
      const refused = await callBack(target, room, changed, { signature });
      expect(refused, JSON.stringify(changed)).toBeProblem(403, 'invalid-signature');
    }
    expect(await isConnected(call)).toBe(false);
    const unknown = { zeta: 'ö 🩹', Alpha: 'a+b&c=d%20', alpha: ' ', Z: '', a1: '1', A1: '2', _: '~*()!\'"' };
    const taken = await callBack(target, room, { ...unknown, ...fields });
    expect(taken.status, 'unknown fields are signed too').toBe(204);
    expect(await isConnected(call)).toBe(true);
  });

  test(
    'is over PUBLIC_URL, whatever host is asked',
    { needs: ['clock', 'emulator', 'replicas'] },
    async ({ target }) => {
      const call = await waiting(target);
      const { room, fields } = call;
      const elsewhere = new URL(PATH, 'https://elsewhere.example').href;
      const urls = [
        elsewhere,
        ...target.replicas.map((url) => `${url}${target.suite.basePath}${PATH}`),
        `${room.callbackUrl}/`,
        `${room.callbackUrl}?`,
        new URL(room.callbackUrl).origin,
      ].filter((url) => url !== room.callbackUrl);
      for (const [replica] of target.replicas.entries()) {
        for (const url of urls) {
          const headers = { 'x-forwarded-host': new URL(url).host, 'x-forwarded-proto': 'https' };
          const signature = signed(target, url, fields);
          const refused = await callBack(target, room, fields, { signature, replica, headers });
          expect(refused, url).toBeProblem(403, 'invalid-signature');
        }
      }
      expect(await isConnected(call)).toBe(false);
      const forwarded = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'https' };
      for (const [replica] of target.replicas.entries())
        expect((await callBack(target, room, fields, { replica, headers: forwarded })).status).toBe(204);
      expect(await isConnected(call)).toBe(true);
    },
  );

  test('is over PUBLIC_URL with its path', { needs: ['launcher', 'emulator'] }, async ({ target }) => {
    const PUBLIC_URL = 'http://duet.invalid/behind/a/path';
    await withServers(target, [{ PUBLIC_URL }], async ({ there: own }) => {
      const [itsDoctor, itsUser] = await own.people('doctor', 'user');
      const appointment = await book(itsUser, itsDoctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
      const room = await roomOf(own, await joinTwilio(itsUser, appointment));
      expect(room.callbackUrl, 'what Twilio is told').toBe(`${PUBLIC_URL}${PATH}`);
      const fields = callbackAbout(room, itsUser, 'participant-connected', new Date().toISOString());
      const local = signed(own, `${own.replicas[0]}${PATH}`, fields);
      expect(await callBack(own, room, fields, { signature: local })).toBeProblem(403, 'invalid-signature');
      expect((await callBack(own, room, fields)).status).toBe(204);
      expect((await show(itsDoctor, appointment)).call.participants).toMatchObject([{ connected: true }]);
    });
  });

  test('is checked after size, media type and form', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const { room, fields } = await waiting(target);
    const signature = null;
    const large = { ...fields, Large: 'x'.repeat(65_536) };
    expect(await callBack(target, room, large, { signature })).toBeProblem(413, 'payload-too-large');
    expect(await callBack(target, room, large)).toBeProblem(413, 'payload-too-large');
    const types = ['application/json', 'text/plain', 'multipart/form-data; boundary=x', null];
    for (const contentType of [...types, 'application/x-www-form-urlencoded; charset=iso-8859-1']) {
      const refused = await callBack(target, room, fields, { signature, contentType });
      expect(refused, String(contentType)).toBeProblem(415, 'unsupported-media-type');
    }
    const encoded = await callBack(target, room, fields, { headers: { 'content-encoding': 'gzip' } });
    expect(encoded).toBeProblem(415, 'unsupported-media-type');
    const inOrder = [
      await callBack(target, room, large, { signature, contentType: 'application/json' }),
      await callBack(target, room, {}, { signature, contentType: 'text/plain', rawBody: Buffer.from([0xff]) }),
    ];
    expect(inOrder.map(({ problem }) => problem.code)).toEqual(['payload-too-large', 'unsupported-media-type']);
    for (const rawBody of ['', Buffer.from([0x61, 0x3d, 0xff, 0xfe])]) {
      const broken = await callBack(target, room, {}, { signature, rawBody });
      expect(broken).toBeProblem(400, 'malformed-body');
    }
    const contentType = 'application/x-www-form-urlencoded; charset=UTF-8';
    expect(await callBack(target, room, fields, { signature, contentType })).toBeProblem(403, 'invalid-signature');
    expect((await callBack(target, room, fields, { contentType })).status).toBe(204);
    const largest = { ...fields, Large: '' };
    largest.Large = 'x'.repeat(65_536 - new URLSearchParams(largest).toString().length);
    expect((await callBack(target, room, largest)).status).toBe(204);
  });

  test('needs no session, and takes none instead', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const { room, fields } = await waiting(target);
    const headers = { authorization: `Bearer ${doctor.token}` };
    const refused = await callBack(target, room, fields, { signature: null, headers });
    expect(refused).toBeProblem(403, 'invalid-signature');
    expect((await callBack(target, room, fields, { headers: { authorization: 'Bearer nobody' } })).status).toBe(204);
  });
});
