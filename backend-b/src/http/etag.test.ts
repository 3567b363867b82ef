import { describe, expect, it } from 'vitest';
import { etagOf, matchesStrongly, matchesWeakly } from './etag.ts';

const etag = etagOf('body');

describe('entity tags', () => {
  it('are equal for equal bodies alone', () => {
    expect(etagOf('body')).toBe(etag);
    expect(etagOf('Body')).not.toBe(etag);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
  });

  it('match in lists and by a star', () => {
    for (const header of [etag, `"a", ${etag}`, '*', ` * `, `"a,b",,${etag}`]) {
      expect(matchesStrongly(header, etag)).toBe(true);
      expect(matchesWeakly(header, etag)).toBe(true);
    }
  });

  it('match If-None-Match when weak, If-Match never', () => {
    expect(matchesWeakly(`W/${etag}`, etag)).toBe(true);
    expect(matchesStrongly(`W/${etag}`, etag)).toBe(false);
  });

  it('are no condition when absent', () => {
    expect(matchesStrongly(undefined, etag)).toBe(true);
    expect(matchesWeakly(undefined, etag)).toBe(false);
  });
});
