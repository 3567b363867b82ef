import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { CallFailure, CallSession, JoinGrant } from '../../call/call-session.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { endReasonOf, nextFlow, openingFlow, type CallFlow, type CallFlowEvent, type EndReason } from './call-flow.ts';
import { heldSession } from './held-session.ts';
import type { JoinOutcome } from './join-obstacle.ts';
import { reasonOfSessionEnd } from './session-end.ts';
import type { TabLock, WayToLock } from './tab-lock.ts';

export type CallOutside = {
  lock(onLost: () => void): TabLock;
  join(): Promise<JoinGrant>;
  leaveCall(connectionId: string): Promise<void>;
  openSession(grant: JoinGrant): Promise<CallSession>;
  judge(error: unknown, attempt: number): JoinOutcome;
  /** The appointment as the backend tells it now; what was known while it does not answer. */
  load(): Promise<Appointment | null>;
};

export type Call = {
  flow: Readonly<ShallowRef<CallFlow>>;
  session: Readonly<ShallowRef<CallSession | null>>;
  /** Why a session ended that neither side wanted to end. */
  failure: Readonly<ShallowRef<CallFailure | null>>;
  /** After a reload, while the appointment is read: asks for the tab's lock, which the page before may hold yet. */
  prepare(): void;
  open(appointment: Appointment, wasInCall: boolean): void;
  join(options?: { takeOver: boolean }): Promise<void>;
  retry(): Promise<void>;
  withdraw(): void;
  /** Ends at once; who waits for it goes on when the backend was told. */
  leave(reason?: EndReason): Promise<void>;
  finish(reason: EndReason): void;
  /** The page goes away: the session ends without a word, and a reload comes back into the call. */
  suspend(): void;
};

/** The way of one person through one call: the flow, and the session while there is one. It ends with the scope. */
export function useCall(outside: CallOutside): Call {
  const way = new Way(outside);
  onScopeDispose(() => way.letGo());
  return {
    flow: way.flow,
    session: way.held.session,
    failure: way.failure,
    prepare: () => way.prepare(),
    open: (appointment, wasInCall) => way.start(openingFlow(appointment, wasInCall)),
    join: ({ takeOver } = { takeOver: false }) => way.go({ type: 'join-asked' }, takeOver ? 'take-over' : 'ask'),
    retry: () => way.go({ type: 'retry-due' }),
    withdraw() {
      way.letGo();
      way.dispatch({ type: 'join-withdrawn' });
    },
    async leave(reason = 'left') {
      const told = way.held.leave();
      way.finish(reason);
      // A backend that cannot be told finds out: the connection lapses.
      await told.catch(() => undefined);
    },
    finish: (reason) => way.finish(reason),
    suspend: () => way.suspend(),
  };
}

class Way {
  readonly flow = shallowRef<CallFlow>({ phase: 'lobby', obstacle: null });
  readonly failure = shallowRef<CallFailure | null>(null);
  readonly held = heldSession({
    onMoved: (state) => this.dispatch({ type: 'session-moved', state }),
    onEnded: (session) => void this.#conclude(session),
  });
  readonly #outside: CallOutside;
  readonly #lock: TabLock;
  /** Each way in has a number; one that was withdrawn or overtaken finds another number and undoes itself. */
  #newest = 0;

  constructor(outside: CallOutside) {
    this.#outside = outside;
    this.#lock = outside.lock(() => this.finish('other-tab'));
  }

  dispatch(event: CallFlowEvent): void {
    this.flow.value = nextFlow(this.flow.value, event);
  }

  prepare(): void {
    void this.#lock.acquire('after-reload');
  }

  start(flow: CallFlow): void {
    this.flow.value = flow;
    if (flow.phase !== 'joining') this.#lock.release();
    void this.#enter('after-reload');
  }

  go(event: CallFlowEvent, way: WayToLock = 'ask'): Promise<void> {
    this.dispatch(event);
    return this.#enter(way);
  }

  finish(reason: EndReason): void {
    this.letGo();
    this.dispatch({ type: 'ended', reason });
  }

  suspend(): void {
    this.held.letGo();
    this.#lock.release();
  }

  letGo(): void {
    this.#newest += 1;
    this.suspend();
  }

  async #enter(way: WayToLock): Promise<void> {
    if (this.flow.value.phase !== 'joining') return;
    const { attempt } = this.flow.value;
    const mine = ++this.#newest;
    const isOvertaken = () => mine !== this.#newest;
    try {
      const opened = await this.#comeIn(way, isOvertaken);
      if (opened === 'other-tab') return this.dispatch({ type: 'join-hindered', obstacle: { kind: 'other-tab' } });
      if (opened === null) return;
      this.failure.value = null;
      this.held.hold(opened);
    } catch (error) {
      if (!isOvertaken()) await this.#hinder(this.#outside.judge(error, attempt));
    }
  }

  /** Null: it was overtaken on the way, and has left again. */
  async #comeIn(way: WayToLock, isOvertaken: () => boolean): Promise<CallSession | 'other-tab' | null> {
    if (!(await this.#lock.acquire(way))) return isOvertaken() ? null : 'other-tab';
    const grant = await this.#outside.join();
    if (isOvertaken()) {
      await this.#outside.leaveCall(grant.connectionId);
      return null;
    }
    const opened = await this.#outside.openSession(grant);
    if (!isOvertaken()) return opened;
    await opened.leave();
    return null;
  }

  async #hinder(outcome: JoinOutcome): Promise<void> {
    if ('ended' in outcome) return this.finish(reasonIn(await this.#outside.load()) ?? outcome.ended);
    this.dispatch({ type: 'join-hindered', obstacle: outcome.obstacle });
    if (this.flow.value.phase === 'lobby') this.#lock.release();
  }

  /** The appointment knows best why a call ended; the session's own reason counts where it goes on. */
  async #conclude(ended: CallSession): Promise<void> {
    const reason = reasonOfSessionEnd(ended.endedReason.value);
    this.failure.value = ended.failure.value;
    const known = reason === 'left' || reason === 'superseded' ? null : reasonIn(await this.#outside.load());
    if (this.held.session.value === ended) this.finish(known ?? reason);
  }
}

const reasonIn = (appointment: Appointment | null) => (appointment === null ? null : endReasonOf(appointment));
