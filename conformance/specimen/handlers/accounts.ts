import { randomUUID } from 'node:crypto';
import type { CallerHandler, Check, CallerContext, Context, OpenHandler } from '../context.ts';
import { json, Refusal } from '../reply.ts';
import { place } from '../validation.ts';
import { shownAccount } from '../views.ts';
import type { Account, Role } from '../world.ts';

type NewAccount = {
  email: string;
  password: string;
  displayName: string;
  role: Role;
  specialty?: string;
  inviteCode?: string;
};
type AccountChange = { displayName?: string; specialty?: string; timeZone?: string };

const foreignSpecialty = place('body', '/specialty', 'unknown', 'is for doctors alone');
const hasSpecialty = (body: unknown): body is { specialty: unknown; role?: unknown } =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'specialty');

export const checkNewAccount: Check<Context> = ({ behaviour, body }) =>
  hasSpecialty(body) && body.role === 'user' && !behaviour.mayHaveSpecialty('user') ? [foreignSpecialty] : [];

export const checkAccountChange: Check<CallerContext> = ({ behaviour, body, caller }) =>
  hasSpecialty(body) && !behaviour.mayHaveSpecialty(caller.role) ? [foreignSpecialty] : [];

export const createAccount: OpenHandler = async (context) => {
  const { behaviour, world } = context;
  const body = context.body as NewAccount;
  refuseAccount(context, body);
  const pause = behaviour.pauseBeforeWrite('createAccount');
  if (pause) await pause;
  const account = newAccount(context, body);
  world.accounts.set(account.id, account);
  return json(201, shownAccount(context, account));
};

function refuseAccount({ behaviour, world, inviteCode }: Context, body: NewAccount): void {
  const isInviteMissing = behaviour.needsInvite(body.role) && !behaviour.isInviteRight(body.inviteCode, inviteCode);
  const key = behaviour.emailKey(body.email);
  const isTaken = [...world.accounts.values()].some(({ emailKey }) => emailKey === key);
  const code = behaviour.firstRefusal(isInviteMissing, isTaken);
  if (code === 'invite-required') throw new Refusal(code, 'Doctors need the invite code; ask for it where you work.');
  if (code === 'email-taken') throw new Refusal(code, 'An account has this email; log in, or take another one.');
}

function newAccount({ behaviour, now }: Context, body: NewAccount): Account {
  return {
    id: randomUUID(),
    email: behaviour.shownEmail(body.email),
    emailKey: behaviour.emailKey(body.email),
    role: body.role,
    displayName: behaviour.keptText(body.displayName),
    specialty: body.specialty === undefined ? null : behaviour.keptText(body.specialty),
    timeZone: behaviour.newTimeZone(),
    createdAt: now,
    password: behaviour.hashPassword(behaviour.passwordBytes(body.password), behaviour.hashCost()),
  };
}

export const getMe: CallerHandler = (context) => json(200, shownAccount(context, context.caller));

export const updateMe: CallerHandler = (context) => {
  const { behaviour, caller, body } = context;
  const change = body as AccountChange;
  const { displayName, specialty } = change;
  if (displayName !== undefined) caller.displayName = behaviour.keptText(displayName);
  caller.specialty =
    specialty === undefined ? behaviour.unchangedSpecialty(caller.specialty) : behaviour.keptText(specialty);
  caller.timeZone = change.timeZone ?? caller.timeZone;
  return json(200, shownAccount(context, caller));
};
