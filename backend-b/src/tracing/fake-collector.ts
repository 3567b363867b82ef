import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface ReceivedSpan {
  name: string;
  kind: 'server' | 'client';
  traceId: string;
  spanId: string;
  /** Empty for the first span of a trace. */
  parentSpanId: string;
  hasFailed: boolean;
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
}

export interface FakeCollector {
  url: string;
  spans: ReceivedSpan[];
  close: () => Promise<void>;
}

type Value = { stringValue?: string; intValue?: number; arrayValue?: { values: Value[] } };
type Attributes = { key: string; value: Value }[];
interface SentSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code: number };
  attributes: Attributes;
}
interface Sent {
  resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: SentSpan[] }[] }[];
}

const CLIENT = 3;
const ERROR = 2;

/** Takes spans in as a collector does that is spoken to by OTLP as JSON. */
export async function startCollector(): Promise<FakeCollector> {
  const spans: ReceivedSpan[] = [];
  const server = createServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as Sent;
    for (const { resource, scopeSpans } of resourceSpans) {
      const sent = scopeSpans.flatMap((scope) => scope.spans);
      spans.push(...sent.map((span) => received(span, resource.attributes)));
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

function received(span: SentSpan, resource: Attributes): ReceivedSpan {
  const { name, traceId, spanId, parentSpanId = '' } = span;
  return {
    name,
    kind: span.kind === CLIENT ? 'client' : 'server',
    traceId,
    spanId,
    parentSpanId,
    hasFailed: span.status.code === ERROR,
    attributes: plain(span.attributes),
    resource: plain(resource),
  };
}

function plain(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue({ stringValue, intValue, arrayValue }: Value): unknown {
  return arrayValue ? arrayValue.values.map(plainValue) : (stringValue ?? intValue);
}
