/** Numbers in [0, 1) that are the same for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * So many of the items, drawn without regard to anything: the first ones of an order that the seed gives, so that a larger
 * sample of the same seed holds the smaller one.
 */
export function sampleOf<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  const random = seededRandom(seed);
  const drawn = items.map((item) => ({ item, place: random() }));
  return drawn
    .sort((one, other) => one.place - other.place)
    .slice(0, size)
    .map(({ item }) => item);
}
