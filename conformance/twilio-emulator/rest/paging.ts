import { TwilioError } from '../twilio-error.ts';

/** A list as the REST API pages it. `filters` are the query parameters that the page's URLs repeat. */
export type Listing<Item extends { sid: string }> = {
  key: 'rooms' | 'participants';
  items: Item[];
  url: string;
  filters: readonly string[];
  query: URLSearchParams;
};

/** One page of the list, and Twilio's meta with the URLs of its neighbours. A page token names the item before the page. */
export function pageOf<Item extends { sid: string }>(
  listing: Listing<Item>,
  resourceOf: (item: Item) => object,
): object {
  const { key, items, query } = listing;
  const pageSize = readNumber(query, 'PageSize', 50, 1, 1000);
  const page = readNumber(query, 'Page', 0, 0, Number.MAX_SAFE_INTEGER);
  const start = startOf(items, query.get('PageToken'), page * pageSize);
  const end = start + pageSize;
  const urlOf = (number: number, first: number): string => pageUrl(listing, pageSize, number, items[first - 1]?.sid);
  return {
    [key]: items.slice(start, end).map(resourceOf),
    meta: {
      page,
      page_size: pageSize,
      first_page_url: urlOf(0, 0),
      previous_page_url: start > 0 ? urlOf(Math.max(0, page - 1), Math.max(0, start - pageSize)) : null,
      url: urlOf(page, start),
      next_page_url: end < items.length ? urlOf(page + 1, end) : null,
      key,
    },
  };
}

function startOf(items: { sid: string }[], token: string | null, fallback: number): number {
  if (token === null) return fallback;
  const index = items.findIndex(({ sid }) => `PT${sid}` === token);
  if (index === -1) throw new TwilioError(20001, 'Invalid parameter PageToken');
  return index + 1;
}

function pageUrl(listing: Listing<{ sid: string }>, pageSize: number, page: number, after: string | undefined): string {
  const query = new URLSearchParams();
  for (const name of listing.filters) {
    const value = listing.query.get(name);
    if (value !== null) query.set(name, value);
  }
  query.set('PageSize', String(pageSize));
  query.set('Page', String(page));
  if (after !== undefined) query.set('PageToken', `PT${after}`);
  return `${listing.url}?${query}`;
}

function readNumber(query: URLSearchParams, name: string, fallback: number, least: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) throw new TwilioError(20001, `Invalid parameter ${name}`);
  return number;
}

/** Keeps what was created within DateCreatedAfter and DateCreatedBefore (epoch milliseconds in `createdAtOf`). */
export function createdWithin<Item>(
  items: Item[],
  query: URLSearchParams,
  createdAtOf: (item: Item) => number,
): Item[] {
  const after = readInstant(query, 'DateCreatedAfter') ?? -Infinity;
  const before = readInstant(query, 'DateCreatedBefore') ?? Infinity;
  return items.filter((item) => createdAtOf(item) >= after && createdAtOf(item) < before);
}

function readInstant(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new TwilioError(20001, `Invalid parameter ${name}`);
  return instant;
}
