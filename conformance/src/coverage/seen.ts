import type { Mark } from './marks.ts';

/** What was seen of the contract at each target, whichever of its workers saw it. */
export class Seen {
  readonly #marks = new Map<string, Set<Mark>>();

  add(target: string, marks: readonly Mark[]): void {
    const own = this.#marks.get(target) ?? new Set();
    for (const mark of marks) own.add(mark);
    this.#marks.set(target, own);
  }

  of(target: string): ReadonlySet<Mark> {
    return this.#marks.get(target) ?? new Set();
  }
}
