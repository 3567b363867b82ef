import type { Profile } from '../../report/stream.ts';
import { contractDocument, type Operation, operations } from '../driver/contract.ts';
import { eventTypes } from '../driver/judge-event.ts';
import { type Case, negativesOf } from '../negatives/cases.ts';
import { type Mark, nameOf, placesOf } from './marks.ts';
import { showableMarks } from './shown.ts';

/** What can be brought about at a target. */
export type Facts = { profiles: readonly Profile[]; provider: 'peer' | 'twilio'; hasEmulator: boolean };

/** Operations that a launcher brings to these statuses: they are what http/internal-error and operations/* ask. */
const INTERNAL_ERRORS = ['getMe', 'listAppointments', 'login'];
const WITHOUT_DATABASE = ['getMeta', 'getLiveness', 'getMetrics', 'receiveRoomStatus'];

const CODES = '/components/schemas/PlainProblemCode';
/** What an answer shows under some circumstances alone. */
const CIRCUMSTANCES: readonly { shown: string[]; isPossible(facts: Facts): boolean }[] = [
  { shown: [`${CODES} internal-error`, `${CODES} service-unavailable`], isPossible: hasLauncher },
  { shown: [`${CODES} video-unavailable`], isPossible: ({ hasEmulator }) => hasEmulator },
  {
    shown: [`${CODES} wrong-provider`, `${CODES} invalid-signature`],
    isPossible: ({ provider }) => provider === 'twilio',
  },
  {
    shown: ['not-joined', 'superseded', 'stale-epoch'].map((code) => `${CODES} ${code}`),
    isPossible: ({ provider }) => provider === 'peer',
  },
  {
    shown: ['/components/schemas/AppointmentStatus missed'],
    isPossible: ({ profiles }) => profiles.includes('clock'),
  },
];
/** How a server is set up: one value of each is what it is. */
const SETTINGS = ['/videoProvider ', '/iceTransportPolicy '];

/** Everything that a whole run has to see at such a target, in the contract's order. */
export function expectedMarks(facts: Facts): Mark[] {
  const present = operations.filter(({ provider }) => provider === null || provider === facts.provider);
  const marks = present.flatMap((operation) => [
    ...statusMarks(operation, facts),
    ...placesOf(operation.operationId).map((place) => `sent ${nameOf(operation.operationId, place)}`),
    ...valueMarks(operation.operationId),
    ...negativesOf(contractDocument, operation.operationId).flatMap(keywordMarks),
    ...[...operation.responses.values()].flatMap(({ content }) => showableMarks(content)),
  ]);
  const events = [...eventTypes]
    .filter(([type]) => type !== 'call.signal' || facts.provider === 'peer')
    .flatMap(([type, pointer]) => [`event ${type}`, ...showableMarks({ 'application/json': { pointer } })]);
  return [...new Set([...marks, ...events])].filter((mark) => isPossible(mark, facts));
}

function statusMarks({ operationId, responses }: Operation, facts: Facts): Mark[] {
  return [...responses.keys()]
    .filter((status) => status < 500 || isProvoked(operationId, status, facts))
    .filter((status) => operationId !== 'sendSignal' || status !== 202 || facts.provider === 'peer')
    .map((status) => `status ${operationId} ${status}`);
}

function isProvoked(operationId: string, status: number, facts: Facts): boolean {
  if (!hasLauncher(facts)) return false;
  return status === 500 ? INTERNAL_ERRORS.includes(operationId) : !WITHOUT_DATABASE.includes(operationId);
}

function valueMarks(operationId: string): Mark[] {
  return placesOf(operationId).flatMap((place) =>
    place.constraints
      .filter(({ keyword }) => keyword === 'enum')
      .flatMap(({ value }) => (value as unknown[]).map((one) => `value ${nameOf(operationId, place)} ${String(one)}`)),
  );
}

function keywordMarks({ operationId, at, keyword, expected }: Case): Mark[] {
  const isRefused = expected !== 'accepted';
  if (keyword === 'requestBody') return [];
  if (keyword === 'unknown') return [`keyword ${operationId} query unknown breaks`];
  const mark = `keyword ${nameOf(operationId, at)} ${keyword}`;
  if (keyword === 'required') return isRefused ? [`${mark} fits`, `${mark} breaks`] : [];
  if (keyword === 'additionalProperties') return isRefused ? [`${mark} fits`, `${mark} breaks`] : [];
  return [`${mark} ${isRefused ? 'breaks' : 'fits'}`];
}

function hasLauncher({ profiles }: Facts): boolean {
  return profiles.includes('launcher');
}

function isPossible(mark: Mark, facts: Facts): boolean {
  if (!mark.startsWith('shown ')) return true;
  if (SETTINGS.some((setting) => mark.includes(setting))) return false;
  return CIRCUMSTANCES.every(({ shown, isPossible }) => !shown.includes(mark.slice(6)) || isPossible(facts));
}
