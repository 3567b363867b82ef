import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import type { Fault } from './contract.ts';
import { hashPassword } from './passwords.ts';
import { Problem } from './problem.ts';
import type { Complain, Receive } from './receive.ts';
import { comparable, type Env, sha256, trimmed, type World } from './world.ts';

export function serveAccounts(app: Hono<Env>, receive: Receive, world: World, inviteCode: string): void {
  app.post('/v1/accounts', receive('createAccount', refuseSpecialtyOfNewUser), async (c) => {
    const { email, password, displayName, role, specialty, inviteCode: invite } = c.get('input').body;
    if (role === 'doctor' && !isSame(invite ?? '', inviteCode))
      throw new Problem('invite-required', 'Doctors register with the invite code of this house. Ask for it.');
    refuseTaken(email);
    const hash = await hashPassword(password);
    // While that was computed somebody else may have come with the same address.
    refuseTaken(email);
    const account = {
      id: randomUUID(),
      email: trimmed(email),
      role,
      displayName,
      specialty: specialty ?? null,
      timeZone: 'UTC' as const,
      createdAt: new Date().toISOString(),
    };
    const person = { account, password: hash };
    world.people.set(account.id, person);
    world.emails.set(comparable(email), person);
    return c.json(account, 201);
  });

  app.get('/v1/me', receive('getMe'), (c) => c.json(c.get('session').person.account));

  app.patch('/v1/me', receive('updateMe', refuseSpecialtyOfUser), (c) =>
    c.json(Object.assign(c.get('session').person.account, c.get('input').body)),
  );

  function refuseTaken(email: string): void {
    if (world.emails.has(comparable(email)))
      throw new Problem('email-taken', 'This email address has an account. Log in, or take another address.');
  }
}

const refuseSpecialtyOfNewUser: Complain = ({ body }) => (Object(body).role === 'user' ? refuseSpecialty(body) : []);

const refuseSpecialtyOfUser: Complain = ({ body }, { person }) =>
  person.account.role === 'user' ? refuseSpecialty(body) : [];

function refuseSpecialty(body: unknown): Fault[] {
  const isThere = Object.hasOwn(Object(body), 'specialty');
  const message = 'is for doctors alone';
  return isThere ? [{ in: 'body', pointer: '/specialty', rule: 'unknown', message }] : [];
}

/** Takes the same time wherever the two differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}
