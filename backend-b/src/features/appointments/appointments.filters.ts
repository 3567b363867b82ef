import type { Prisma } from '../../db/generated/client.ts';
import type { Status } from './appointments.rules.ts';

const GRACE_MS = 15 * 60_000;

/** The rows that have this status at an instant: what statusAt derives, as a condition. */
export function whereStatus(status: Status, now: Date): Prisma.AppointmentWhereInput {
  const graceOver = new Date(now.getTime() - GRACE_MS);
  switch (status) {
    case 'cancelled':
      return { cancelledAt: { not: null } };
    case 'completed':
      return {
        cancelledAt: null,
        OR: [{ callEndedAt: { not: null } }, { callStartedAt: { not: null }, endsAt: { lte: graceOver } }],
      };
    case 'in_progress':
      return { cancelledAt: null, callEndedAt: null, callStartedAt: { not: null }, endsAt: { gt: graceOver } };
    case 'missed':
      return { cancelledAt: null, callStartedAt: null, endsAt: { lte: now } };
    case 'scheduled':
      return { cancelledAt: null, callStartedAt: null, endsAt: { gt: now } };
  }
}

/** What comes after a position in the order of the list. */
export function wherePosition({ startsAt, id }: { startsAt: Date; id: string }): Prisma.AppointmentWhereInput {
  return { OR: [{ startsAt: { gt: startsAt } }, { startsAt, id: { gt: id } }] };
}
