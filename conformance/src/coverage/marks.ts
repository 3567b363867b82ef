import { contractDocument, findOperations, type Operation } from '../driver/contract.ts';
import { eventTypes } from '../driver/judge-event.ts';
import type { ReceivedResponse, SentRequest } from '../driver/exchange.ts';
import { parseJson } from '../driver/response-body.ts';
import { describeRequest, type Described, type Place } from '../negatives/request-schema.ts';
import { sentValues } from './sent-values.ts';
import { shownMarks } from './shown.ts';
import { sideOf } from './sides.ts';

/**
 * One thing of the contract that was seen in a run, in words:
 * `status <operation> <status>`, `sent <operation> <place>`, `value <operation> <place> <value>` for one of an enum,
 * `keyword <operation> <place> <keyword> fits|breaks`, `shown <schema> <value>` for an enum's value in an answer or event,
 * `event <type>`.
 */
export type Mark = string;

/** Of a path or a method that the contract does not have. */
const PROBLEM = { 'application/problem+json': { pointer: '/components/schemas/Problem' } };

const described = new Map<string, Described[]>();

/** What one exchange shows of the contract: pure. Secrets of the request leave no trace in it. */
export function marksOf(request: SentRequest, response: ReceivedResponse): Mark[] {
  const operation = findOperations(request.path.split('?')[0] ?? '').find(({ method }) => method === request.method);
  if (!operation) return shownMarks(PROBLEM, parseJson(response));
  const { operationId } = operation;
  const documented = operation.responses.get(response.status);
  return [
    ...(documented ? [`status ${operationId} ${response.status}`] : []),
    ...requestMarks(operation, request),
    ...shownMarks(documented?.content ?? {}, parseJson(response)),
  ];
}

/** What one event of a stream shows of the contract. */
export function marksOfEvent(type: string, data: unknown): Mark[] {
  const pointer = eventTypes.get(type);
  return pointer === undefined ? [] : [`event ${type}`, ...shownMarks({ 'application/json': { pointer } }, data)];
}

export function placesOf(operationId: string): Described[] {
  const places = described.get(operationId) ?? describeRequest(contractDocument, operationId);
  described.set(operationId, places);
  return places;
}

export function nameOf(operationId: string, place: Place): string {
  return `${operationId} ${place.in} ${place.pointer || '(the whole)'}`;
}

function requestMarks({ operationId, template }: Operation, request: SentRequest): Mark[] {
  const places = placesOf(operationId);
  const sent = sentValues(template, request, places);
  const marks = sent.unknown.length > 0 ? [`keyword ${operationId} query unknown breaks`] : [];
  for (const place of places) {
    const name = nameOf(operationId, place);
    const value = sent.read(place);
    if (value === undefined) {
      if (place.isRequired && sent.hasParent(place)) marks.push(`keyword ${name} required breaks`);
      continue;
    }
    marks.push(`sent ${name}`, ...valueMarks(name, place, value));
    if (place.isRequired) marks.push(`keyword ${name} required fits`);
    if (sent.repeated.includes(place.pointer) && place.in === 'query') marks.push(`keyword ${name} repeated breaks`);
  }
  return marks;
}

function valueMarks(name: string, place: Described, value: unknown): Mark[] {
  return place.constraints.flatMap(({ keyword, value: limit }) => {
    const side = sideOf(place, keyword, limit, value);
    if (side === undefined) return [];
    const mark = `keyword ${name} ${keyword} ${side}`;
    return keyword === 'enum' && side === 'fits' ? [mark, `value ${name} ${String(value)}`] : [mark];
  });
}
