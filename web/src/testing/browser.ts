/** The parts of a browser that logic without a page leans on. */
export class MemoryStorage implements Storage {
  readonly #entries = new Map<string, string>();
  [name: string]: unknown;
  get length(): number {
    return this.#entries.size;
  }
  clear(): void {
    this.#entries.clear();
  }
  getItem(key: string): string | null {
    return this.#entries.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.#entries.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.#entries.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#entries.set(key, value);
  }
}

/** Gives a test storages of its own, as a page at the origin would have them. */
export function stubPage(origin = 'http://localhost:4000'): void {
  const page = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage(), location: new URL(origin) };
  for (const [name, value] of Object.entries(page))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
