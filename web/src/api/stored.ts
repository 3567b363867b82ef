/** JSON in the browser's storage; undefined when there is none, or none that can be read. */
export function readStored<Value>(storage: Storage, key: string): Value | undefined {
  const text = storage.getItem(key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined; // Another version of this client, or a person, wrote it.
  }
}

/** Undefined removes it. */
export function writeStored(storage: Storage, key: string, value: unknown): void {
  if (value === undefined) storage.removeItem(key);
  else storage.setItem(key, JSON.stringify(value));
}
