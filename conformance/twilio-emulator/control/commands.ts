import { type Json, numberOf, textOf } from '../json.ts';
import type { FaultOrder, TwilioControl } from './control.ts';

/** What each control command does with the object that came with it. Throws a TypeError that names what is missing. */
export const commands = {
  readAccount: (control) => control.readAccount(),
  readClock: (control, options) => control.readClock(optional(options, 'room')),
  setClock: (control, options) => control.setClock({ now: text(options, 'now'), ...optional(options, 'room') }),
  advanceClock: (control, options) => control.advanceClock({ ms: number(options, 'ms'), ...optional(options, 'room') }),
  connect: (control, options) => control.connect(who(options)),
  disconnect: (control, options) => control.disconnect(who(options)),
  complete: (control, options) => control.complete({ room: text(options, 'room'), ...optional(options, 'at') }),
  vanish: (control, options) => control.vanish({ room: text(options, 'room') }),
  dropSockets: (control, options) =>
    control.dropSockets({ room: text(options, 'room'), ...optional(options, 'identity') }),
  listRooms: (control) => control.listRooms(),
  listRequests: (control, options) => control.listRequests({ after: numberOf(options, 'after') ?? 0 }),
  listCallbacks: (control, options) => control.listCallbacks(optional(options, 'room')),
  releaseCallbacks: (control, options) =>
    control.releaseCallbacks({ ...optional(options, 'room'), backwards: options['backwards'] === true }),
  settled: (control) => control.settled(),
  // The control reads it itself, property by property.
  addFault: (control, options) => control.addFault(options as FaultOrder),
  removeFaults: (control, options) =>
    control.removeFaults(options['id'] === undefined ? {} : { id: number(options, 'id') }),
  refuseConnections: (control) => control.refuseConnections(),
  acceptConnections: (control) => control.acceptConnections(),
  reset: (control) => control.reset(),
} as const satisfies Record<keyof TwilioControl, (control: TwilioControl, options: Json) => Promise<unknown>>;

export type CommandName = keyof typeof commands;

function who(options: Json): { room: string; identity: string; at?: string } {
  return { room: text(options, 'room'), identity: text(options, 'identity'), ...optional(options, 'at') };
}

function text(options: Json, key: string): string {
  const value = textOf(options, key);
  if (value === null) throw new TypeError(`${key}: a text`);
  return value;
}

function number(options: Json, key: string): number {
  const value = numberOf(options, key);
  if (value === null) throw new TypeError(`${key}: a number`);
  return value;
}

function optional<Key extends string>(options: Json, key: Key): { [Name in Key]?: string } {
  return options[key] === undefined ? {} : ({ [key]: text(options, key) } as { [Name in Key]?: string });
}
