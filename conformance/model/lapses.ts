export type ShownEvent = { id: string; event: string; data: unknown };

/** "Two lapses recorded by one write may come in either order": here they are told by account. */
export function withLapsesInOrder(events: readonly ShownEvent[]): ShownEvent[] {
  const ordered = [...events];
  for (const [index, later] of events.entries()) {
    const earlier = ordered[index - 1];
    if (earlier?.event !== 'call.participant-left' || later.event !== 'call.participant-left') continue;
    if (accountIn(earlier) <= accountIn(later)) continue;
    ordered[index - 1] = { ...later, id: earlier.id };
    ordered[index] = { ...earlier, id: later.id };
  }
  return ordered;
}

const accountIn = ({ data }: ShownEvent): string => String(Object(data)['accountId']);
