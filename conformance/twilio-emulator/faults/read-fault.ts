import { callbackEvents, type CallbackEvent } from '../callbacks/parameters.ts';
import { type Json, textOf } from '../json.ts';
import type { CallbackFault, Fault, RequestFault } from './fault.ts';

/** Reads a fault as it is ordered, with its defaults. Throws a TypeError that names the property. */
export function readFault(order: Json): Fault {
  if (order['on'] === 'request') return readRequestFault(order);
  if (order['on'] === 'callback') return readCallbackFault(order);
  throw new TypeError('on: request or callback');
}

function readRequestFault(order: Json): RequestFault {
  const shared = {
    on: 'request' as const,
    times: readCount(order, 'times', 1),
    takesEffect: order['takesEffect'] === true,
    ...optionalText(order, 'method'),
    ...optionalText(order, 'path'),
    ...optionalText(order, 'body'),
  };
  switch (order['kind']) {
    case 'status':
      return { ...shared, kind: 'status', status: readStatus(order) };
    case 'slow':
      return { ...shared, kind: 'slow', ms: readCount(order, 'ms', 1000) };
    case 'reset':
      return { ...shared, kind: 'reset' };
    default:
      throw new TypeError('kind: status, slow or reset');
  }
}

function readCallbackFault(order: Json): CallbackFault {
  const event = readEvent(order);
  const shared = {
    on: 'callback' as const,
    times: readCount(order, 'times', 1),
    ...(event && { event }),
    ...optionalText(order, 'room'),
  };
  const { kind } = order;
  if (kind === 'reorder' || kind === 'drop' || kind === 'forge') return { ...shared, kind };
  if (kind === 'repeat') return { ...shared, kind, copies: readCount(order, 'copies', 2) };
  if (kind === 'late') return { ...shared, kind, ms: order['ms'] === undefined ? null : readCount(order, 'ms', 0) };
  throw new TypeError('kind: repeat, late, reorder, drop or forge');
}

function readEvent(order: Json): CallbackEvent | undefined {
  if (order['event'] === undefined) return undefined;
  const event = callbackEvents.find((known) => known === order['event']);
  if (!event) throw new TypeError(`event: one of ${callbackEvents.join(', ')}`);
  return event;
}

function readStatus(order: Json): number {
  const status = readCount(order, 'status', 500);
  if (status < 400 || status > 599) throw new TypeError('status: from 400 to 599');
  return status;
}

function readCount(order: Json, key: string, fallback: number): number {
  const value = order[key] ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new TypeError(`${key}: a whole number, 0 or more`);
  return value;
}

function optionalText<Key extends string>(order: Json, key: Key): { [Name in Key]?: string } {
  if (order[key] === undefined) return {};
  const text = textOf(order, key);
  if (text === null) throw new TypeError(`${key}: a text`);
  return { [key]: text } as { [Name in Key]?: string };
}
