const entityTag = /(W\/)?("[!#-~\x80-\xff]*")/g;

/**
 * Whether an If-Match or If-None-Match header names the current tag. `weak` comparison takes a weak tag for its strong
 * twin; the strong one never matches a weak tag.
 *
 * @rule appointments/etag
 */
export function namesTag(header: string, current: string, comparison: 'strong' | 'weak'): boolean {
  if (header === '*') return true;
  return [...header.matchAll(entityTag)].some(
    ([, weak, tag]) => tag === current && (comparison === 'weak' || weak === undefined),
  );
}
