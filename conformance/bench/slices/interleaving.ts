/** A random order of the same things (Fisher and Yates), the same for the same numbers. */
export function shuffled<Thing>(things: readonly Thing[], random: () => number): Thing[] {
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as Thing, order[last] as Thing];
  }
  return order;
}
