import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { book, show } from '../../src/bookings.ts';
import { fromNow, later } from '../../src/instants.ts';
import { rule } from '../../src/rule.ts';
import { accessOf, joinTwilio } from '../../src/twilio-room.ts';
import { verifyAccessToken } from '../../twilio-emulator/signalling/access-token.ts';

type Payload = { jti: string; iat: number; exp: number; grants: unknown };

function decoded(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
}

function payloadOf(token: string): Payload {
  return decoded(token.split('.')[1]) as Payload;
}

function seconds(instant: string): number {
  return Date.parse(instant) / 1000;
}

rule('calls/twilio-token', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('is an access token for one person and one room', { needs: ['emulator'] }, async ({ target }) => {
    const { apiKeySid, apiKeySecret, accountSid } = accessOf(target);
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    for (const person of [user, doctor.on(1), user.on(1)]) {
      const { token, identity, roomName } = await joinTwilio(person, appointment);
      const [head, claims, signature] = token.split('.');
      expect(token.split('.')).toHaveLength(3);
      expect(decoded(head)).toEqual({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' });
      expect(decoded(claims)).toMatchObject({ jti: expect.stringMatching(/./), iss: apiKeySid, sub: accountSid });
      expect(payloadOf(token).grants).toEqual({ identity: person.id, video: { room: roomName } });
      expect(identity).toBe(person.id);
      const expected = createHmac('sha256', apiKeySecret).update(`${head}.${claims}`).digest('base64url');
      expect(signature).toBe(expected);
    }
  });

  test('expires at endsAt + 15 min, at every join', async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    const ids = new Set<string>();
    for (const person of [doctor, user, user.on(1)]) {
      const { token, expiresAt } = await joinTwilio(person, appointment);
      const { exp, iat, jti } = payloadOf(token);
      expect(exp).toBe(seconds(appointment.endsAt) + 900);
      expect(expiresAt).toBe(later(appointment.endsAt, { minutes: 15 }));
      expect(iat).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
      ids.add(jti);
    }
    expect(ids.size, 'each has an id of its own').toBe(3);
  });

  test('lasts as long as the call, however late the join', { needs: ['clock', 'emulator'] }, async ({ target }) => {
    const access = accessOf(target);
    const appointment = await book(user, doctor, { startsAt: fromNow({ hours: 1 }), durationMinutes: 120 });
    const over = later(appointment.endsAt, { minutes: 15 });
    const opening = later(appointment.startsAt, { minutes: -10 });
    for (const now of [opening, appointment.startsAt, appointment.endsAt, later(over, { ms: -1 })]) {
      const { token, expiresAt, roomName } = await joinTwilio(user.at(now), appointment);
      const { exp, iat } = payloadOf(token);
      expect([exp, expiresAt], now).toEqual([seconds(over), over]);
      expect(iat).toBeLessThanOrEqual(seconds(now));
      expect(exp - iat, 'Twilio takes no longer ones').toBeLessThanOrEqual(24 * 60 * 60);
      const granted = { identity: user.id, room: roomName };
      for (const instant of [now, later(over, { ms: -1 })])
        expect(verifyAccessToken(token, access, Date.parse(instant))).toEqual(granted);
      expect(() => verifyAccessToken(token, access, Date.parse(over))).toThrow(/expired/);
    }
  });

  test('expires to the second, whatever the milliseconds', { needs: ['clock'] }, async () => {
    const startsAt = later(fromNow({ hours: 4 }), { ms: 750 });
    const appointment = await book(user, doctor, { startsAt });
    const { token, expiresAt } = await joinTwilio(doctor.at(startsAt), appointment);
    expect(expiresAt).toBe(later(appointment.endsAt, { minutes: 15 }));
    const { exp } = payloadOf(token);
    expect(Number.isInteger(exp)).toBe(true);
    expect(Math.abs(exp - seconds(expiresAt))).toBeLessThan(1);
  });

  test('is for the new room after a discard', { needs: ['clock'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ hours: 6 }) });
    const first = await joinTwilio(user.at(appointment.startsAt), appointment);
    const gone = later(appointment.startsAt, { minutes: 5 });
    const second = await joinTwilio(user.at(gone), appointment);
    expect(second.roomName).not.toBe(first.roomName);
    expect(payloadOf(second.token).grants).toEqual({ identity: user.id, video: { room: second.roomName } });
    expect((await show(doctor.at(gone), appointment)).call.roomName).toBe(second.roomName);
  });
});
