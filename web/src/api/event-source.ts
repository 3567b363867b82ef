import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { DuetEvent } from './schema.ts';

/** The backend answered, but with no stream. */
export class StreamRefused extends Error {
  override name = 'StreamRefused';
  readonly status: number;

  constructor(status: number) {
    super(`the event stream was refused with ${status}`);
    this.status = status;
  }
}

export type StreamRequest = {
  url: string;
  token: string;
  /** The id to go on after; null for live events alone. */
  lastEventId: string | null;
  signal: AbortSignal;
  onOpen(): void;
  onEvent(event: DuetEvent): void;
};

/** A backend says something every 15 s: one that is silent for longer is gone, though no socket may say so. */
const silenceMs = 25_000;

/** Reads one stream until it ends. EventSource cannot send a bearer token. @throws StreamRefused, or what fetch throws */
export async function readEventSource(request: StreamRequest): Promise<void> {
  const silence = watchSilence();
  try {
    const response = await fetch(`${request.url}/v1/events`, {
      headers: headersOf(request),
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, silence.signal]),
    });
    if (!response.ok || !response.body) throw new StreamRefused(response.status);
    request.onOpen();
    const parser = new EventSourceParserStream();
    const blocks = response.body.pipeThrough(silence.read()).pipeThrough(parser);
    const reader = blocks.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const { id, event, data } = next.value;
      if (id !== undefined && event !== undefined) request.onEvent({ id, event, data: JSON.parse(data) } as DuetEvent);
    }
  } finally {
    silence.stop();
  }
}

function headersOf({ token, lastEventId }: StreamRequest): Record<string, string> {
  return { Authorization: `Bearer ${token}`, ...(lastEventId !== null && { 'Last-Event-ID': lastEventId }) };
}

function watchSilence(): { signal: AbortSignal; read(): TransformStream<Uint8Array, string>; stop(): void } {
  const controller = new AbortController();
  const restart = (): ReturnType<typeof setTimeout> => setTimeout(() => controller.abort(), silenceMs);
  let timer = restart();
  const hear = (): void => {
    clearTimeout(timer);
    timer = restart();
  };
  const decoder = new TextDecoder();
  const read = (): TransformStream<Uint8Array, string> =>
    new TransformStream({
      transform(chunk, sink) {
        hear();
        sink.enqueue(decoder.decode(chunk, { stream: true }));
      },
    });
  return { signal: controller.signal, read, stop: () => clearTimeout(timer) };
}
