import { createHash } from 'node:crypto';

/**
 * The strong entity tag of exactly this body.
 * @rule appointments/etag
 */
export function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`;
}

/** If-Match (RFC 9110): strong comparison, so a weak tag never matches. An absent header matches everything. */
export function matchesStrongly(header: string | undefined, etag: string): boolean {
  return header === undefined || header.trim() === '*' || tagsOf(header).includes(etag);
}

/** If-None-Match (RFC 9110): weak comparison. An absent header matches nothing. */
export function matchesWeakly(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || tagsOf(header).some((tag) => tag.replace(/^W\//, '') === etag);
}

function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
