import type { ServerResponse } from 'node:http';

/** Names and values in turn, the cheapest form that node:http takes. */
export type FlatHeaders = readonly string[];

export type Reply = {
  status: number;
  type: string | null;
  body: string;
  headers: FlatHeaders;
  /** Takes over from here, with the head sent: an event stream. */
  follow?: (response: ServerResponse) => void;
};

export const noStore: FlatHeaders = ['Cache-Control', 'no-store'];

export const json = (status: number, body: string, headers: FlatHeaders = noStore): Reply => ({
  status,
  type: 'application/json',
  body,
  headers,
});

export const noContent = (headers: FlatHeaders = noStore): Reply => ({ status: 204, type: null, body: '', headers });
