import { Prisma } from './generated/client.ts';

const SERIALIZATION_FAILURE = 'P2034';
const AWAY_PRISMA_CODES = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]);
const AWAY_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'AuthenticationFailed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
]);
// Class 08 connection, 25006 read only, 53 resources, 55P03 lock timeout, 57 operator intervention (shutdown, cancel).
const AWAY_SQLSTATES = /^(08...|25006|53...|55P03|57...)$/;
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after|the database system is|connect E|read E|write E)/i;

interface DriverCause {
  kind?: string;
  originalCode?: string;
  originalMessage?: string;
  constraint?: { index?: string; fields?: string[] };
}

/** Whether the database could not be asked at all, or not in time. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const { kind, originalCode } = driverCause(error);
  const code = 'code' in error ? String(error.code) : '';
  return (
    AWAY_PRISMA_CODES.has(code) ||
    AWAY_KINDS.has(kind ?? '') ||
    AWAY_SQLSTATES.test(originalCode ?? '') ||
    /^E(CONN|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND)/.test(code) ||
    AWAY_SQLSTATES.test(code) ||
    AWAY_MESSAGES.test(error.message) ||
    isDatabaseAway(error.cause)
  );
}

/** Whether the transaction lost against another one and can simply be run again. */
export function isWorthRepeating(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === SERIALIZATION_FAILURE;
}

/** The name of the unique index or exclusion constraint that refused a write. */
export function violatedConstraint(error: unknown): string | undefined {
  const { originalCode, originalMessage, constraint } = driverCause(error);
  if (originalCode !== '23505' && originalCode !== '23P01') return undefined;
  return constraint?.index ?? /constraint "([^"]+)"/.exec(originalMessage ?? '')?.[1];
}

function driverCause(error: unknown): DriverCause {
  if (!(error instanceof Error)) return {};
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const driverError = error.meta?.['driverAdapterError'];
    return driverError instanceof Error ? ((driverError.cause ?? {}) as DriverCause) : {};
  }
  return error.name === 'DriverAdapterError' ? ((error.cause ?? {}) as DriverCause) : {};
}
