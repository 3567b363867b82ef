import { isNewer, type PeerState } from './peer-state.ts';
import type { Session } from './session.ts';

/** The one peer connection between two clients: remembers what each end said last, and hands it to the other. */
export class PeerLink {
  readonly id: string;
  readonly #ends = new Map<Session, PeerState>();
  /** Whose offer has no answer yet. */
  #offering: Session | null = null;

  constructor(id: string, one: Session, other: Session) {
    this.id = id;
    for (const end of [one, other]) {
      this.#ends.set(end, { id });
      end.link = this;
    }
  }

  /** Takes in what an end says, and gives what the other end must be told; null when that is nothing. */
  receive(from: Session, state: PeerState): PeerState | null {
    const known = this.#ends.get(from);
    if (!known) return null;
    const news: PeerState = { id: this.id };
    if (state.ice) news.ice = known.ice = state.ice;
    if (state.description && isNewer(state.description, known.description) && !this.#isGlare(from, state)) {
      news.description = known.description = state.description;
      if (state.description.type === 'offer') this.#offering = from;
      if (state.description.type === 'answer') this.#offering = null;
    }
    return news.ice || news.description ? news : null;
  }

  /** All that the other end has said so far. */
  saidTo(end: Session): PeerState {
    return this.#ends.get(this.otherThan(end)) ?? { id: this.id };
  }

  otherThan(end: Session): Session {
    const other = [...this.#ends.keys()].find((session) => session !== end);
    if (!other) throw new Error('a link has two ends');
    return other;
  }

  /** Ends the link for both; what either says of it from now on is nobody's concern. */
  end(): void {
    for (const session of this.#ends.keys()) session.link = null;
  }

  /** Of two offers that cross, the first counts: the SDK rolls the other one back when it hears the first. */
  #isGlare(from: Session, { description }: PeerState): boolean {
    return description?.type === 'offer' && this.#offering !== null && this.#offering !== from;
  }
}
