import { setTimeout as wait } from 'node:timers/promises';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { RequestHandler } from 'express';
import type { TracesConfig } from '../config.ts';
import type { Logging } from '../logging.ts';
import { spanRequests } from './request-spans.ts';
import { TellingExporter } from './telling-exporter.ts';

/** For so long the last spans hold up the end. */
const lastExportMilliseconds = 2_000;

/** What requests do, told to a collector of OpenTelemetry. */
export interface Traces {
  /** Sees every request. */
  readonly requests: RequestHandler;
  /** Sends what is still held back, but does not wait long for a collector that does not answer. */
  end(): Promise<void>;
}

/** Traces from now on; where to, is read from OpenTelemetry's own settings by its exporter. */
export function startTraces(config: TracesConfig, warn: Logging['warn']): Traces {
  const exporter = new TellingExporter(
    config.protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter(),
    (cause) => warn('traces do not reach the collector at the moment', { cause }),
  );
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
      .merge(resourceFromAttributes(config.resource)),
    sampler: samplerOf(config.sampler),
    spanLimits: config.limits,
    spanProcessors: [new BatchSpanProcessor({ exporter, ...config.batch })],
  });
  return {
    requests: spanRequests(provider.getTracer('@duet/backend-a'), config.followsCaller),
    async end() {
      // Why it failed is told by the exporter.
      const sent = provider.shutdown().then(
        () => true,
        () => true,
      );
      const isOver = await Promise.race([sent, wait(lastExportMilliseconds, false)]);
      if (!isOver) exporter.tell(`the last traces were not taken within ${lastExportMilliseconds / 1000} s`);
    },
  };
}

function samplerOf({ name, ratio }: TracesConfig['sampler']): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler();
  if (name === 'always_off') return new AlwaysOffSampler();
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio);
  if (name === 'parentbased_always_on') return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  if (name === 'parentbased_always_off') return new ParentBasedSampler({ root: new AlwaysOffSampler() });
  return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
}
