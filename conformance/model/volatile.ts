import { asObject, contractDocument } from '../src/driver/contract.ts';

/** Members that two servers may fill each in its own way: what is compared is whether they are null. */
export const freeMembers: ReadonlySet<string> = new Set([
  'token',
  'nextCursor',
  'title',
  'detail',
  'requestId',
  'iceServers',
  'iceTransportPolicy',
]);

/** Instants that follow from what was sent, whatever the server's clock says. */
const sentInstants = new Set(['startsAt', 'endsAt', 'opensAt']);

/** Members that hold the server's own time: the contract's instants, save those that were sent. */
export const clockMembers: ReadonlySet<string> = new Set(
  membersOfFormat('date-time').filter((name) => !sentInstants.has(name)),
);

/** Headers that are compared, by lower-case name; of all others the judge knows what must hold. */
export const comparedHeaders = ['location', 'etag', 'retry-after', 'idempotency-replayed', ':pages'] as const;

/** Lists that are ordered by ids, which each server makes by itself: by what they must be in order. */
export const orderedLists: Record<string, readonly string[]> = {
  listAppointments: ['startsAt', 'id'],
  listDoctors: ['displayName', 'id'],
  getUnreadCounts: ['appointmentId'],
};

/** The names under which the contract's schemas have a text of that format. */
function membersOfFormat(format: string): string[] {
  const schemas = asObject(asObject(contractDocument['components'])['schemas']);
  const isOf = (value: unknown): boolean => {
    const schema = asObject(value);
    const reference = schema['$ref'];
    if (typeof reference === 'string') return isOf(schemas[reference.split('/').at(-1) ?? '']);
    return schema['format'] === format;
  };
  const names = Object.values(schemas).flatMap((schema) =>
    Object.entries(asObject(asObject(schema)['properties'])).flatMap(([name, value]) => (isOf(value) ? [name] : [])),
  );
  return [...new Set(names)];
}
