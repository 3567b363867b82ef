type Waiting = { run(): Promise<void>; signal?: AbortSignal | undefined };
type Rule = { signal?: AbortSignal; steal?: boolean };

/** Web Locks as the tabs of one browser see them: exclusive, in order, and stealable. */
export class FakeLocks {
  #queue: Waiting[] = [];
  #lose: (() => void) | undefined;

  request = ((_name: string, rule: Rule, work: () => Promise<void>): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const run = async (): Promise<void> => {
      const lost = new Promise<never>((_, fail) => {
        this.#lose = () => fail(new DOMException('stolen', 'AbortError'));
      });
      await Promise.race([work(), lost]).then(resolve, reject);
    };
    const waiting: Waiting = { run, signal: rule.signal };
    rule.signal?.addEventListener('abort', () => {
      this.#queue = this.#queue.filter((other) => other !== waiting);
      reject(new DOMException('ended', 'AbortError'));
    });
    if (rule.steal) {
      const lose = this.#lose;
      this.#lose = undefined;
      lose?.();
      void run().then(() => this.#next());
    } else {
      this.#queue.push(waiting);
      if (!this.#lose) this.#next();
    }
    return promise;
  }) as LockManager['request'];

  #next(): void {
    this.#lose = undefined;
    const next = this.#queue.shift();
    if (next) void next.run().then(() => this.#next());
  }
}
