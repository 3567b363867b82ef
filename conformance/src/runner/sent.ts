/** A request of a test as it went over the wire, secrets and all; it never leaves the worker. */
export type Sent = {
  /** Milliseconds since 1970. */
  at: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Null for none; undefined when it could not be seen. */
  body: Uint8Array | null | undefined;
  status: number | null;
  responseHeaders: Record<string, string>;
  response: Uint8Array[];
  /** Another was under way when it was sent. */
  overlaps: boolean;
};
