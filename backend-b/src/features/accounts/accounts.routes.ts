import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../../http/authenticate.ts';
import type { Schemas } from '../../http/contract.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { specialtyErrors, type Account } from './accounts.rules.ts';
import { createAccount, getMe, updateMe } from './accounts.service.ts';

export async function accountsRoutes(app: FastifyInstance, options: { doctorInviteCode: string }): Promise<void> {
  app.route<Documented<'createAccount'>>({
    ...documented('createAccount', ({ body }) => specialtyErrors(roleIn(body), body)),
    handler: async ({ body, now }, reply) => {
      const { email, password, displayName, role, specialty, inviteCode } = body;
      const expectedInviteCode = options.doctorInviteCode;
      const input = { email, password, displayName, role, specialty, inviteCode, expectedInviteCode };
      return reply.code(201).send(shownAccount(await createAccount(app.db, input, now)));
    },
  });

  app.route<Documented<'getMe'>>({
    ...documented('getMe'),
    handler: async (request) => {
      const { account } = callerOf(request);
      return shownAccount(await getMe(app.db, { account }, request.now));
    },
  });

  app.route<Documented<'updateMe'>>({
    ...documented('updateMe', (request: FastifyRequest) =>
      specialtyErrors(callerOf(request).account.role, request.body),
    ),
    handler: async (request) => {
      const { account } = callerOf(request);
      const { displayName, specialty, timeZone } = request.body;
      const change = { displayName, specialty, timeZone };
      return shownAccount(await updateMe(app.db, { account, change }, request.now));
    },
  });
}

/** An account as its owner sees it. */
export function shownAccount(account: Account): Schemas['Account'] {
  const { id, email, role, displayName, specialty, createdAt } = account;
  const timeZone = account.timeZone as Schemas['TimeZone'];
  return { id, email, role, displayName, specialty, timeZone, createdAt: createdAt.toISOString() };
}

function roleIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'role' in body ? body.role : undefined;
}
