/**
 * The URL as it was sent, made safe for the router, which decodes paths before it compares them and refuses what it
 * cannot decode: an escaped letter is another path, and an escape that cannot be decoded is validation's to tell.
 */
export function plainUrl(url: string): string {
  const local = url.replace(/^https?:\/\/[^/?]*/i, '');
  const end = local.indexOf('?');
  const [path, query] = end === -1 ? [local, ''] : [local.slice(0, end), local.slice(end)];
  return path.replaceAll('%', '%25') + query;
}
