import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultTextMapGetter, ROOT_CONTEXT, type Context, type Tracer } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingSettings } from '../config.tracing.ts';
import { createSampler } from './sampler.ts';
import { createSpanProcessors } from './span-processors.ts';

const FLUSH_MS = 1_000;

export interface Traces {
  tracer: Tracer;
  /** The span of whoever is running, in its context; nothing outside of a request that is traced. */
  active: AsyncLocalStorage<Context>;
  /** What a request continues: the trace that its headers name, or nothing. */
  callerOf: (headers: object) => Context;
  /** Sends what is left, and gives up after a second. */
  close: () => Promise<void>;
}

/** Collects spans by what the settings say, and sends them. */
export function createTraces(settings: TracingSettings, logger: Logger): Traces {
  const named = resourceFromAttributes({ 'service.name': 'backend-b' });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: createSampler(settings),
    spanProcessors: createSpanProcessors(settings, logger),
  });
  const propagator = new W3CTraceContextPropagator();
  return {
    tracer: provider.getTracer('backend-b'),
    active: new AsyncLocalStorage(),
    callerOf: (headers) =>
      settings.continuesCallers ? propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT,
    close: async () => {
      const isSent = provider.shutdown().then(
        () => true,
        () => true, // Whoever exports has said so.
      );
      const isInTime = await Promise.race([isSent, sleep(FLUSH_MS, false, { ref: false })]);
      if (!isInTime) logger.warn({ waitedMs: FLUSH_MS }, 'the last traces were not delivered in time');
    },
  };
}
