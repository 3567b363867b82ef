import { randomUUID } from 'node:crypto';
import type { GrantMaker } from './grants.ts';

/** How long somebody counts as there without a sign of life; 20 s at a backend. */
const lapseMs = 2000;

type Place = { connectionId: string; older: string[]; seenAt: number; isConnected: boolean };
type Body = { connectionId?: string; epoch?: number; clientId?: string; type?: string; data?: unknown };
export type RoomEvents = { list: object[]; listeners: Set<() => void> };

export class RefusedError extends Error {}

/** One call between 'doctor' and 'user', with the contract's answers. */
export class Room {
  readonly #name: string;
  readonly #grants: GrantMaker;
  readonly #places = new Map<string, Place>();
  readonly #events = new Map<string, RoomEvents>();
  readonly #taken = new Set<string>();
  #epoch = 0;
  #isOver = false;
  /** All signals that passed, for tests that ask what was said. */
  readonly signals: { from: string; type: string; data: unknown }[] = [];

  constructor(name: string, grants: GrantMaker) {
    this.#name = name;
    this.#grants = grants;
  }

  eventsOf(account: string): RoomEvents {
    const known = this.#events.get(account) ?? { list: [], listeners: new Set() };
    this.#events.set(account, known);
    return known;
  }

  async command(account: string, command: string, body: Body): Promise<unknown> {
    this.#lapse();
    switch (command) {
      case 'join':
        return this.#join(account);
      case 'leave':
        return this.#leave(account, body);
      case 'other':
        return { connected: this.#places.get(otherThan(account))?.isConnected ?? false };
      case 'presence':
        return this.#seen(account, body);
      case 'signals':
        return this.#signal(account, body);
      default:
        throw new Error(`no command ${command}`);
    }
  }

  /** As endCall does. */
  end(): void {
    this.#isOver = true;
    for (const account of ['doctor', 'user']) this.#tell(account, 'call.ended', {});
  }

  async #join(account: string): Promise<unknown> {
    if (this.#isOver) throw new RefusedError('call-over');
    const before = this.#places.get(account);
    const connectionId = randomUUID();
    const older = before ? [...before.older, before.connectionId] : [];
    if (account === 'doctor') this.#epoch += 1;
    this.#places.set(account, { connectionId, older, seenAt: Date.now(), isConnected: true });
    if (before?.isConnected) this.#tell(account, 'call.superseded', { connectionId: before.connectionId });
    else this.#tellBoth('call.participant-joined', account);
    return this.#grants({ account, roomName: this.#name, connectionId, epoch: this.#epoch });
  }

  #leave(account: string, { connectionId }: Body): void {
    const place = this.#places.get(account);
    if (place?.connectionId !== connectionId || !place?.isConnected) return;
    place.isConnected = false;
    place.older.push(place.connectionId);
    place.connectionId = '';
    this.#tellBoth('call.participant-left', account);
  }

  #seen(account: string, body: Body): void {
    const place = this.#own(account, body);
    place.seenAt = Date.now();
    if (place.isConnected) return;
    place.isConnected = true;
    this.#tellBoth('call.participant-joined', account);
  }

  #signal(account: string, body: Body): void {
    this.#own(account, body);
    if (body.epoch !== this.#epoch) throw new RefusedError('stale-epoch');
    if (this.#taken.has(`${account} ${body.clientId}`)) return;
    this.#taken.add(`${account} ${body.clientId}`);
    this.signals.push({ from: account, type: body.type ?? '', data: body.data });
    this.#tell(otherThan(account), 'call.signal', { ...body, senderId: account });
  }

  #own(account: string, { connectionId = '' }: Body): Place {
    if (this.#isOver) throw new RefusedError('call-over');
    const place = this.#places.get(account);
    if (place?.older.includes(connectionId) && place.connectionId) throw new RefusedError('superseded');
    if (!place || place.connectionId !== connectionId) throw new RefusedError('not-joined');
    return place;
  }

  #lapse(): void {
    for (const [account, place] of this.#places) {
      if (!place.isConnected || Date.now() - place.seenAt < lapseMs) continue;
      place.isConnected = false;
      this.#tellBoth('call.participant-left', account);
    }
  }

  #tellBoth(event: string, accountId: string): void {
    for (const account of ['doctor', 'user']) this.#tell(account, event, { accountId });
  }

  #tell(account: string, event: string, data: object): void {
    const events = this.eventsOf(account);
    events.list.push({ event, data: { appointmentId: 'appointment', ...data } });
    for (const listener of events.listeners) listener();
  }
}

function otherThan(account: string): string {
  return account === 'doctor' ? 'user' : 'doctor';
}
