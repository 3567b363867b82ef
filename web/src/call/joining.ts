import { tryOnScopeDispose, useEventListener } from '@vueuse/core';
import type { CallEvent, CallFailure, CallSessionOptions, EndedReason, JoinGrant, Stop } from './call-session.ts';
import { problemCodeOf, retryAfterOf } from './problem-code.ts';

/** Between two joins that failed. */
const backOffMs = [0, 2000, 5000, 10_000];

/** Refusals that trying again does not mend, and what they mean for the call. */
const finalReasons: Record<string, EndedReason> = {
  'call-over': 'call-over',
  'appointment-cancelled': 'cancelled',
  'too-early': 'failed',
  'not-found': 'failed',
  unauthenticated: 'failed',
};

export type JoiningOwner = {
  onGrant(grant: JoinGrant): void;
  onEnd(reason: EndedReason, failure: CallFailure | null): void;
  onOther(there: boolean): void;
  onFailure(failure: CallFailure): void;
  isSuperseded(): Promise<boolean>;
};

/** Holds this device's place in the call: its connection, the heartbeat, and a new join when the old one is of no use. */
export class Joining {
  readonly #options: CallSessionOptions;
  readonly #owner: JoiningOwner;
  #connectionId: string | null = null;
  #heartbeat: { stop(): void } | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts joins, so that an answer to one that was given up is not taken. */
  #round = 0;
  #isJoining = false;
  /** While a join is under way it cannot be told whose the superseded connection is: perhaps the one to come. */
  #heldSuperseded: string[] = [];

  constructor(options: CallSessionOptions, owner: JoiningOwner) {
    this.#options = options;
    this.#owner = owner;
    tryOnScopeDispose(() => this.stop());
    useEventListener(window, 'online', () => this.#hurry());
  }

  /** From here on events count; those of the moment since the join may come at once, so a connection stands by now. */
  listen(): Stop {
    return this.#options.onCallEvent((event) => this.#hear(event));
  }

  get connectionId(): string | null {
    return this.#connectionId;
  }

  begin({ connectionId, provider }: JoinGrant): void {
    this.#heartbeat?.stop();
    this.#connectionId = connectionId;
    // Twilio itself says who is connected.
    if (provider !== 'peer') return;
    this.#heartbeat = this.#options.heartbeat(connectionId, (code) => {
      if (connectionId === this.#connectionId) this.refused(code);
    });
  }

  stop(): void {
    this.#round += 1;
    this.#isJoining = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#heartbeat?.stop();
    this.#heartbeat = null;
  }

  /** What a refusal of a signal or a heartbeat means. */
  refused(code: string): void {
    if (this.#isJoining) return;
    if (code === 'superseded') this.#owner.onEnd('other-device', null);
    else if (code in finalReasons) this.#owner.onEnd(finalReasons[code] ?? 'failed', refusal);
    else this.renew();
  }

  /** Joins anew by itself, unless another device has the place by now. */
  renew(): void {
    if (this.#timer !== undefined || this.#isJoining) return;
    const wait = backOffMs[Math.min(this.#attempt, backOffMs.length - 1)] ?? 0;
    this.#attempt += 1;
    this.#schedule(wait);
  }

  /** Joins anew because somebody wants it, taking the place back from another device too. */
  joinNow(): Promise<void> {
    this.#attempt = 0;
    return this.#join(() => Promise.resolve(false));
  }

  /** The connection stands: the next renewal waits for nothing again. */
  succeeded(): void {
    this.#attempt = 0;
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#join(this.#owner.isSuperseded), wait);
  }

  #hurry(): void {
    if (this.#timer !== undefined) this.#schedule(0);
  }

  async #join(isSuperseded: () => Promise<boolean>): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#round += 1;
    const round = this.#round;
    const isTaken = await isSuperseded();
    if (round !== this.#round) return;
    if (isTaken) return this.#owner.onEnd('other-device', null);
    this.#isJoining = true;
    this.#heldSuperseded = [];
    try {
      const grant = await this.#options.join();
      this.#finish(round, () => this.#take(grant));
    } catch (error) {
      this.#finish(round, () => this.#failed(error));
    }
  }

  #finish(round: number, outcome: () => void): void {
    if (round !== this.#round) return;
    this.#isJoining = false;
    outcome();
  }

  #take(grant: JoinGrant): void {
    if (this.#heldSuperseded.includes(grant.connectionId)) this.#owner.onEnd('other-device', null);
    else this.#owner.onGrant(grant);
  }

  #failed(error: unknown): void {
    const code = problemCodeOf(error);
    if (code in finalReasons) return this.#owner.onEnd(finalReasons[code] ?? 'failed', refusal);
    this.#owner.onFailure({ kind: 'unreachable', code: null });
    this.renew();
    const patience = retryAfterOf(error);
    if (patience > 0) this.#schedule(patience);
  }

  #hear({ event, data }: CallEvent): void {
    if (event === 'call.superseded') return this.#superseded(data.connectionId);
    if (event === 'call.ended') return this.#owner.onEnd('ended-by-doctor', null);
    if (event === 'appointment.cancelled') return this.#owner.onEnd('cancelled', null);
    if (data.accountId !== this.#options.accountId) this.#owner.onOther(event === 'call.participant-joined');
  }

  #superseded(connectionId: string): void {
    if (this.#isJoining) this.#heldSuperseded.push(connectionId);
    else if (connectionId === this.#connectionId) this.#owner.onEnd('other-device', null);
  }
}

const refusal: CallFailure = { kind: 'refused', code: null };
