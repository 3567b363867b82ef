import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { iceServersFor } from './peer.ts';

const entry = { accountId: 'c1b7a8d4-6e2f-4a0b-8d39-5f4e2b1a7c02', expiresAt: new Date('2027-03-01T10:45:00.900Z') };
const stun = { urls: ['stun:stun.example.org'], username: null, credential: null };

test('without TURN there are the configured servers only', () => {
  expect(iceServersFor(entry, { servers: [stun], transportPolicy: 'all', turn: null })).toEqual([stun]);
});

test('TURN credentials are made for one join by the TURN REST scheme', () => {
  const turn = { urls: ['turn:turn.example.org'], secret: 'secret' };
  const username = `${Date.UTC(2027, 2, 1, 10, 45) / 1000}:${entry.accountId}`;
  const credential = createHmac('sha1', 'secret').update(username).digest('base64');
  expect(iceServersFor(entry, { servers: [stun], transportPolicy: 'all', turn })).toEqual([
    stun,
    { urls: turn.urls, username, credential },
  ]);
});
