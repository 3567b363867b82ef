import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildPages } from './build-pages.ts';
import { type Caller, type Camera, launch, openPage, type Seen } from './browsers.ts';
import type { GrantMaker } from './grants.ts';
import { newRoomName, type Relay, startRelay } from './relay.ts';
import type { Room } from './relay-room.ts';

export const patience = { timeout: 60_000, interval: 100 };
export type Person = 'doctor' | 'user';

/** Two browsers, the doctor's with a red picture and the user's with a blue one, and a relay between them. */
export class Stage {
  readonly relay: Relay;
  readonly #browsers: Record<Person, Browser>;
  readonly #signalling: string | null;
  #room = newRoomName();

  constructor(relay: Relay, browsers: Record<Person, Browser>, signalling: string | null) {
    this.relay = relay;
    this.#browsers = browsers;
    this.#signalling = signalling;
  }

  get room(): Room {
    return this.relay.room(this.#room);
  }

  get roomName(): string {
    return this.#room;
  }

  /** From here on another appointment, with nobody in it; the pages of the last one are closed. */
  async clear(): Promise<void> {
    const pages = Object.values(this.#browsers).flatMap((browser) => browser.contexts().flatMap((one) => one.pages()));
    await Promise.all(pages.map((page) => page.close()));
    this.#room = newRoomName();
  }

  open(person: Person, before?: (page: Page) => Promise<void>): Promise<Caller> {
    return openPage(this.#browsers[person], this.url(person), before);
  }

  url(person: Person): string {
    const query = new URLSearchParams({ room: this.#room, account: person });
    if (this.#signalling !== null) query.set('signalling', this.#signalling);
    return `${this.relay.origin}/page.html?${query}`;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#browsers).map((browser) => browser.close()));
    await this.relay.stop();
  }
}

export async function openStage(
  grants: GrantMaker,
  { signalling = null, cameras = ['red', 'blue'] }: { signalling?: string | null; cameras?: [Camera, Camera] } = {},
): Promise<Stage> {
  const relay = await startRelay(await buildPages(), grants);
  const [doctor, user] = await Promise.all(cameras.map(launch));
  if (!doctor || !user) throw new Error('there are two browsers');
  return new Stage(relay, { doctor, user }, signalling);
}

export async function expectSeen(caller: Caller, expected: Partial<Seen>, within = patience): Promise<void> {
  await expect.poll(() => caller.seen(), within).toMatchObject(expected);
}

export type ColourName = 'red' | 'green' | 'blue' | 'yellow' | 'magenta';

/** A picture of this colour that moves: wide, and with more frames than a moment ago. */
export async function expectPicture(caller: Caller, colour: ColourName): Promise<void> {
  let frames: number | null = null;
  const look = async (): Promise<{ colour: string | null; moves: boolean }> => {
    const seen = await caller.seen();
    const moves = seen.width > 0 && frames !== null && seen.frames > frames;
    frames = seen.frames;
    return { colour: nameOf(seen.colour), moves };
  };
  await expect.poll(look, { ...patience, interval: 150 }).toEqual({ colour, moves: true });
}

export async function expectCall(doctor: Caller, user: Caller): Promise<void> {
  await Promise.all([
    expectSeen(doctor, { state: 'connected', present: true, needsRejoin: false }),
    expectSeen(user, { state: 'connected', present: true, needsRejoin: false }),
    expectPicture(doctor, 'blue'),
    expectPicture(user, 'red'),
  ]);
}

export function nameOf(colour: [number, number, number] | null): string | null {
  if (!colour) return null;
  const lit = colour.map((part) => (part > 160 ? 1 : part < 100 ? 0 : '?')).join('');
  const names: Record<string, string> = {
    '100': 'red',
    '010': 'green',
    '001': 'blue',
    '110': 'yellow',
    '101': 'magenta',
  };
  return names[lit] ?? colour.join();
}
