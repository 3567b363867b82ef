import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { book, joinPeer } from '../../src/bookings.ts';
import { fromNow } from '../../src/instants.ts';
import { withServers } from '../../src/launched.ts';
import { rule } from '../../src/rule.ts';

const ICE_SERVERS = [
  { urls: ['stun:stun.duet.invalid:3478', 'stun:stun.duet.invalid:5349'] },
  { urls: ['turn:fixed.duet.invalid:3478'], username: 'fixed', credential: 'of the configuration' },
];
const TURN_URLS = ['turn:turn.duet.invalid:3478?transport=udp', 'turns:turn.duet.invalid:5349?transport=tcp'];
const TURN_SECRET = 'shared with the TURN server, Grüße';

rule('calls/ice', ({ test, people }) => {
  const [doctor, user] = people('doctor', 'user');

  test('gives both the same servers, in a shape a browser takes', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 });
    const grants = [
      await joinPeer(user, appointment),
      await joinPeer(doctor, appointment),
      await joinPeer(user.on(1), appointment),
    ];
    const urls = grants.map((grant) => grant.iceServers.map((server) => server.urls));
    expect(urls[1]).toEqual(urls[0]);
    expect(urls[2]).toEqual(urls[0]);
    for (const grant of grants) {
      expect(['all', 'relay']).toContain(grant.iceTransportPolicy);
      for (const server of grant.iceServers) {
        expect(
          server.urls.every((url) => /^(stuns?|turns?):\S+$/.test(url)),
          server.urls.join(),
        ).toBe(true);
        expect(typeof server.username).toBe(typeof server.credential);
      }
    }
  });

  test('makes credentials that end with the call, for the one who joins', { needs: ['peer'] }, async () => {
    const appointment = await book(user, doctor, { startsAt: fromNow({ minutes: 8 }), durationMinutes: 5 });
    for (const person of [user, doctor]) {
      const grant = await joinPeer(person, appointment);
      const expiry = Math.floor(Date.parse(grant.expiresAt) / 1000);
      const made = grant.iceServers.filter((server) => /^\d+:/.test(server.username ?? ''));
      for (const server of made) {
        expect(server.username).toBe(`${expiry}:${person.id}`);
        expect(server.credential).toMatch(/^[A-Za-z0-9+/]{27}=$/);
      }
    }
  });

  test('signs TURN credentials with the secret', { needs: ['launcher', 'peer'] }, async ({ target }) => {
    const everything = {
      ICE_SERVERS: JSON.stringify(ICE_SERVERS),
      ICE_TRANSPORT_POLICY: 'relay',
      TURN_URLS: TURN_URLS.join(','),
      TURN_SECRET,
    };
    const configured = {
      ICE_SERVERS: everything.ICE_SERVERS,
      ICE_TRANSPORT_POLICY: '',
      TURN_URLS: '',
      TURN_SECRET: '',
    };
    const nothing = { ...configured, ICE_SERVERS: '' };
    await withServers(target, [everything, configured, nothing], async ({ there }) => {
      const [doctorThere, userThere] = await there.people('doctor', 'user');
      const slot = { startsAt: fromNow({ minutes: 2 }), durationMinutes: 5 };
      const appointment = await book(userThere, doctorThere, slot);
      const fixed = [{ ...ICE_SERVERS[0], username: null, credential: null }, { ...ICE_SERVERS[1] }];
      for (const person of [doctorThere, userThere]) {
        const grant = await joinPeer(person, appointment);
        const username = `${Math.floor(Date.parse(grant.expiresAt) / 1000)}:${person.id}`;
        const credential = createHmac('sha1', TURN_SECRET).update(username).digest('base64');
        expect(grant.iceServers).toEqual([...fixed, { urls: TURN_URLS, username, credential }]);
        expect(grant.iceTransportPolicy).toBe('relay');
        const without = await joinPeer(person.on(1), appointment);
        expect([without.iceServers, without.iceTransportPolicy]).toEqual([fixed, 'all']);
        const bare = await joinPeer(person.on(2), appointment);
        expect([bare.iceServers, bare.iceTransportPolicy]).toEqual([[], 'all']);
      }
    });
  });
});
