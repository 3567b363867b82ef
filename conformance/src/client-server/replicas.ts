/** How long one that refused a connection is left alone, unless all of them did. */
const restMs = 1000;

/** The replicas of one backend, asked in turn; one that has just died comes last. */
export class Replicas {
  readonly #urls: readonly string[];
  readonly #downUntil = new Map<string, number>();
  readonly #now: () => number;
  #turn = 0;

  constructor(urls: readonly string[], now: () => number = () => performance.now()) {
    this.#urls = urls;
    this.#now = now;
  }

  /** All of them, in the order in which this request tries them. */
  inTurn(): string[] {
    const start = this.#turn++ % this.#urls.length;
    const turned = [...this.#urls.slice(start), ...this.#urls.slice(0, start)];
    const now = this.#now();
    const isDown = (url: string): boolean => (this.#downUntil.get(url) ?? 0) > now;
    return [...turned.filter((url) => !isDown(url)), ...turned.filter(isDown)];
  }

  markDown(url: string): void {
    this.#downUntil.set(url, this.#now() + restMs);
  }

  markUp(url: string): void {
    this.#downUntil.delete(url);
  }
}
