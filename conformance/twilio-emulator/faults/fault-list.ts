import type { CallbackEvent } from '../callbacks/parameters.ts';
import type { CallbackFault, Fault, RequestFault } from './fault.ts';

/** The faults that are still to happen; each is used up after its `times`. */
export class FaultList {
  #faults: { id: number; fault: Fault; left: number }[] = [];
  #lastId = 0;

  add(fault: Fault): number {
    this.#lastId += 1;
    this.#faults.push({ id: this.#lastId, fault, left: fault.times });
    return this.#lastId;
  }

  /** Takes one fault away, or all of them. */
  remove(id?: number): void {
    this.#faults = id === undefined ? [] : this.#faults.filter((entry) => entry.id !== id);
  }

  /** The oldest fault for this request, one time of it used up. */
  takeForRequest(request: { method: string; path: string; body: string }): RequestFault | null {
    return this.#take(
      (fault): fault is RequestFault =>
        fault.on === 'request' &&
        (fault.method === undefined || fault.method === request.method) &&
        request.path.includes(fault.path ?? '') &&
        request.body.includes(fault.body ?? ''),
    );
  }

  /** The oldest fault for this callback, one time of it used up. */
  takeForCallback(callback: { event: CallbackEvent; roomSid: string; roomName: string }): CallbackFault | null {
    return this.#take(
      (fault): fault is CallbackFault =>
        fault.on === 'callback' &&
        (fault.event === undefined || fault.event === callback.event) &&
        (fault.room === undefined || fault.room === callback.roomSid || fault.room === callback.roomName),
    );
  }

  #take<Kind extends Fault>(fits: (fault: Fault) => fault is Kind): Kind | null {
    for (const entry of this.#faults) {
      if (!fits(entry.fault)) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.remove(entry.id);
      return entry.fault;
    }
    return null;
  }
}
