import type { OutgoingHttpHeaders } from 'node:http';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

/** Changes the headers of every answer. */
const headed =
  (change: (headers: OutgoingHttpHeaders, origin: string | undefined) => OutgoingHttpHeaders): (() => Hooks) =>
  () => ({
    proxy: {
      isChanged: () => true,
      change: (answer, { headers }) => ({ ...answer, headers: change(answer.headers, headers['origin']) }),
    },
  });

const without = (headers: OutgoingHttpHeaders, name: string, item: string): OutgoingHttpHeaders => {
  const items = String(headers[name] ?? '').split(/,\s*/);
  if (headers[name] === undefined) return headers;
  return { ...headers, [name]: items.filter((one) => one.toLowerCase() !== item).join(', ') };
};

await wrap({
  honest: () => ({ proxy: {} }),
  'null-let-in': headed((headers, origin) =>
    origin === 'null' ? { ...headers, 'access-control-allow-origin': 'null' } : headers,
  ),
  'beginning-suffices': headed((headers, origin) =>
    origin?.startsWith(process.env['CORS_ORIGINS']?.split(',')[0] ?? '-')
      ? { ...headers, 'access-control-allow-origin': origin }
      : headers,
  ),
  'first-for-all': headed((headers) =>
    headers['access-control-allow-origin'] === undefined
      ? headers
      : { ...headers, 'access-control-allow-origin': process.env['CORS_ORIGINS']?.split(',')[0] },
  ),
  'retry-after-hidden': headed((headers) => without(headers, 'access-control-expose-headers', 'retry-after')),
  'if-match-refused': headed((headers) => without(headers, 'access-control-allow-headers', 'if-match')),
  'patch-refused': headed((headers) => without(headers, 'access-control-allow-methods', 'patch')),
});
