import { type EventRow, type Frame, frameOf } from './frame.ts';
import type { Stream } from './stream.ts';

/** Reads what follows, for many accounts at once and for one stream that is behind. */
export type Reader = {
  news(accountIds: string[], lastIds: number[]): Promise<EventRow[]>;
  missed(accountId: string, lastId: number, now: number): Promise<EventRow[]>;
};

type Followed = { lastId: number; streams: Set<Stream> };

const retryMs = 250;
const commentEverySeconds = 10;

/** The open streams of this process, by account, and how far each account has been told. */
export class EventHub {
  readonly #reader: Reader;
  readonly #followed = new Map<string, Followed>();
  readonly #stale = new Set<string>();
  /** A tenth of the streams hears a comment each second, so that thousands are not written to at one instant. */
  readonly #turns: Set<Stream>[] = Array.from({ length: commentEverySeconds }, () => new Set());
  #turn = 0;
  #isReading = false;

  constructor(reader: Reader) {
    this.#reader = reader;
    setInterval(() => this.#comment(), 1_000).unref();
  }

  get size(): number {
    return this.#turns.reduce((sum, { size }) => sum + size, 0);
  }

  /** Follows an account from now on, after what the stream has missed since its `lastId`. */
  open(accountId: string, newest: number, stream: Stream, onClose: (gone: () => void) => void): void {
    let followed = this.#followed.get(accountId);
    if (!followed) this.#followed.set(accountId, (followed = { lastId: newest, streams: new Set() }));
    const { streams } = followed;
    streams.add(stream);
    const turn = this.#turns[(this.#turn + commentEverySeconds - 1) % commentEverySeconds];
    turn?.add(stream);
    onClose(() => {
      stream.isOpen = false;
      streams.delete(stream);
      turn?.delete(stream);
      if (streams.size === 0 && this.#followed.get(accountId)?.streams === streams) this.#followed.delete(accountId);
    });
    // What was told between the look-up of the session and this line had nobody here to hear of it.
    this.notice(accountId);
    this.#catchUp(accountId, stream, followed).catch(() => stream.end());
  }

  /** Accounts have news, as a notification names them. */
  notice(accountIds: string): void {
    for (const accountId of accountIds.split(' ')) if (this.#followed.has(accountId)) this.#stale.add(accountId);
    if (this.#stale.size > 0 && !this.#isReading) void this.#read();
  }

  /** Notifications may have been lost. */
  noticeAll(): void {
    this.notice([...this.#followed.keys()].join(' '));
  }

  endAll(): void {
    for (const { streams } of this.#followed.values()) for (const stream of streams) stream.end();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    while (this.#stale.size > 0) {
      const accountIds = [...this.#stale];
      this.#stale.clear();
      const lastIds = accountIds.map((accountId) => this.#followed.get(accountId)?.lastId ?? Number.MAX_SAFE_INTEGER);
      try {
        const rows = await this.#reader.news(accountIds, lastIds);
        for (const row of rows) this.#tell(row.accountId, frameOf(row));
        // A full page may have cut some off.
        if (rows.length >= 2000) for (const accountId of accountIds) this.#stale.add(accountId);
      } catch {
        for (const accountId of accountIds) this.#stale.add(accountId);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    this.#isReading = false;
  }

  #tell(accountId: string, frame: Frame): void {
    const followed = this.#followed.get(accountId);
    if (!followed || frame.id <= followed.lastId) return;
    followed.lastId = frame.id;
    for (const stream of followed.streams) {
      if (stream.isLive) stream.tell(frame);
      else if (frame.revoked?.has(stream.sessionId)) setTimeout(() => stream.end(), 1_000).unref();
    }
  }

  /** Writes as fast as the client reads, and makes the stream live at the moment at which nothing is missing. */
  async #catchUp(accountId: string, stream: Stream, followed: Followed): Promise<void> {
    while (stream.isOpen && stream.lastId < followed.lastId) {
      const rows = await this.#reader.missed(accountId, stream.lastId, stream.openedAt);
      for (const row of rows) stream.write(frameOf(row));
      await stream.isRead();
    }
    stream.isLive = true;
  }

  #comment(): void {
    this.#turn = (this.#turn + 1) % commentEverySeconds;
    const now = Date.now();
    for (const stream of this.#turns[this.#turn] ?? []) {
      if (stream.expiresAt <= now) stream.end();
      else stream.comment();
    }
  }
}
