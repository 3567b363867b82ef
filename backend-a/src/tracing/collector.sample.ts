import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty when it is the first of its trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 2 of a server, 3 of a client. */
  readonly kind: number;
  /** 2 of a failure. */
  readonly status: { readonly code?: number; readonly message?: string };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A stand-in for a collector: takes OTLP over HTTP and remembers it. */
export interface Collector {
  readonly url: string;
  /** What came, byte for byte. */
  readonly bodies: readonly string[];
  readonly contentTypes: readonly (string | undefined)[];
  /** Those that came as JSON. */
  spans(): CollectedSpan[];
  close(): void;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface TracesData {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<CollectedSpan, 'attributes'> & { readonly attributes: readonly Attribute[] })[];
    }[];
  }[];
}

export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const contentTypes: (string | undefined)[] = [];
  const collect = async (request: IncomingMessage) => {
    contentTypes.push(request.headers['content-type']);
    bodies.push(await text(request));
  };
  const server = createServer((request, response) => {
    void collect(request).then(() => response.writeHead(request.url === '/v1/traces' ? 200 : 404).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    contentTypes,
    spans: () => bodies.flatMap((body) => spansOf(JSON.parse(body))),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function spansOf({ resourceSpans }: TracesData): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        parentSpanId: span.parentSpanId ?? '',
        attributes: recordOf(span.attributes),
        resource: recordOf(resource.attributes),
      })),
    ),
  );
}

function recordOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: Attribute['value']): unknown {
  const [inner] = Object.values(value);
  if (typeof inner !== 'object' || inner === null || !('values' in inner)) return inner;
  return Array.isArray(inner.values) ? inner.values.map(plain) : inner;
}
