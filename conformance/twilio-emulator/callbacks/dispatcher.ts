import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import type { CallbackFault } from '../faults/fault.ts';
import type { FaultList } from '../faults/fault-list.ts';
import { nameOf, type Room, type RoomEvent } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Callback } from './callback.ts';
import { callbackEventOf, callbackParameters, type CallbackEvent } from './parameters.ts';
import { send } from './post.ts';
import { signatureOf } from './signature.ts';

/** `callbacksTo`: the origin that callbacks are sent to in place of their URL's own, over which they stay signed. */
type DispatcherParts = { account: Account; rooms: Rooms; faults: FaultList; callbacksTo: string | null };

/** Sends each room's status callbacks one after the other, in the order of events unless a fault says otherwise. */
export class CallbackDispatcher {
  readonly #account: Account;
  readonly #rooms: Rooms;
  readonly #faults: FaultList;
  readonly #callbacksTo: string | null;
  #callbacks: Callback[] = [];
  /** By room: what is being sent, and the one that waits for its successor. */
  #tails = new Map<Room, Promise<void>>();
  #overtaken = new Map<Room, Callback>();
  #lastId = 0;

  constructor({ account, rooms, faults, callbacksTo }: DispatcherParts) {
    this.#account = account;
    this.#rooms = rooms;
    this.#faults = faults;
    this.#callbacksTo = callbacksTo;
    rooms.onEvent((event) => this.#announce(event));
  }

  all(): readonly Callback[] {
    return this.#callbacks;
  }

  /** Sends what is held, of one room or of all, in the order of events or backwards. */
  release({ room, isBackwards }: { room?: Room | undefined; isBackwards: boolean }): void {
    const held = this.#callbacks.filter((one) => one.status === 'held' && (!room || one.room === room));
    for (const callback of isBackwards ? held.reverse() : held) this.#send(callback);
  }

  /** Sends late callbacks whose instant has come; to be called when a clock was moved. */
  releaseDue(): void {
    for (const callback of this.#callbacks) {
      const { status, heldUntil, room } = callback;
      if (status === 'held' && heldUntil !== null && heldUntil <= this.#rooms.now(room)) this.#send(callback);
    }
  }

  /** Resolves when everything that is not held was answered or given up. */
  async settled(): Promise<void> {
    while (this.#callbacks.some(({ status }) => status === 'waiting')) await Promise.all(this.#tails.values());
  }

  /** Forgets all callbacks; those under way end unheeded. */
  forget(): void {
    this.#callbacks = [];
    this.#tails = new Map();
    this.#overtaken = new Map();
  }

  #announce(event: RoomEvent): void {
    const name = callbackEventOf(event);
    if (name === null) return;
    const { room } = event;
    const sequenceNumber = room.nextSequenceNumber;
    room.nextSequenceNumber += 1;
    const { statusCallback } = room.settings;
    if (statusCallback === null) return;
    const fault = this.#faults.takeForCallback({ event: name, roomSid: room.sid, roomName: nameOf(room) });
    const parameters = callbackParameters(event, this.#account.accountSid, sequenceNumber);
    const callback = this.#callbackOf(room, name, { statusCallback, parameters, fault });
    this.#callbacks.push(callback);
    this.#apply(callback, fault);
  }

  #callbackOf(
    room: Room,
    event: CallbackEvent,
    parts: { statusCallback: string; parameters: Record<string, string>; fault: CallbackFault | null },
  ): Callback {
    const { statusCallback, parameters, fault } = parts;
    const method = room.settings.statusCallbackMethod;
    const url = method === 'GET' ? withQuery(statusCallback, parameters) : statusCallback;
    const key = fault?.kind === 'forge' ? `${this.#account.authToken}!` : this.#account.authToken;
    this.#lastId += 1;
    return {
      id: this.#lastId,
      room,
      event,
      url,
      method,
      parameters,
      signature: signatureOf(key, url, method === 'GET' ? {} : parameters),
      status: 'held',
      copies: fault?.kind === 'repeat' ? fault.copies : 1,
      answers: [],
      heldUntil: null,
    };
  }

  #apply(callback: Callback, fault: CallbackFault | null): void {
    const { room } = callback;
    if (fault?.kind === 'drop') callback.status = 'dropped';
    else if (fault?.kind === 'late') callback.heldUntil = fault.ms === null ? null : this.#rooms.now(room) + fault.ms;
    else if (fault?.kind === 'reorder') this.#overtaken.set(room, callback);
    else {
      this.#send(callback);
      const overtaken = this.#overtaken.get(room);
      this.#overtaken.delete(room);
      if (overtaken?.status === 'held') this.#send(overtaken);
    }
  }

  #send(callback: Callback): void {
    callback.status = 'waiting';
    const before = this.#tails.get(callback.room) ?? Promise.resolve();
    this.#tails.set(callback.room, deliverAfter(before, callback, this.#callbacksTo));
  }
}

async function deliverAfter(before: Promise<void>, callback: Callback, callbacksTo: string | null): Promise<void> {
  await before;
  const url = callbacksTo === null ? callback.url : atOrigin(callback.url, callbacksTo);
  const { method, parameters, signature } = callback;
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'TwilioProxy/1.1',
    'X-Twilio-Signature': signature,
    'I-Twilio-Idempotency-Token': randomUUID(),
  };
  const body = method === 'POST' ? new URLSearchParams(parameters).toString() : '';
  for (let copy = 0; copy < callback.copies; copy++) {
    const answer = await send({ url, method, headers, body }).catch((error: unknown) => reasonOf(error));
    callback.answers.push(answer);
  }
  callback.status = callback.answers.some((answer) => typeof answer === 'number') ? 'delivered' : 'failed';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function atOrigin(url: string, origin: string): string {
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, origin).href;
}

function withQuery(url: string, parameters: Record<string, string>): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`;
}
