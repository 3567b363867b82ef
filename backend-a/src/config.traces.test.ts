import { describe, expect, test } from 'vitest';
import { ConfigError, Settings } from './config.settings.ts';
import { readTraces, type TracesConfig } from './config.traces.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

function read(env: Record<string, string>): TracesConfig | null {
  const settings = new Settings(env);
  const traces = readTraces(settings);
  settings.mustBeRight();
  return traces;
}

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

describe('readTraces', () => {
  test.each([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_SERVICE_NAME: 'mine', OTEL_TRACES_SAMPLER: 'no such thing' },
    { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
    { ...endpoint, OTEL_SDK_DISABLED: 'True', OTEL_TRACES_SAMPLER: 'no such thing' },
  ])('is off with %o', (env) => {
    expect(read(env)).toBeNull();
  });

  test.each([
    endpoint,
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/traces' },
    { OTEL_TRACES_EXPORTER: 'otlp' },
  ])('is on with %o, with the defaults of OpenTelemetry', (env) => {
    expect(read({ ...env, OTEL_SDK_DISABLED: 'false' })).toEqual({
      resource: { 'service.name': 'backend-a' },
      protocol: 'http/protobuf',
      sampler: { name: 'parentbased_always_on', ratio: 1 },
      followsCaller: true,
      batch: {
        scheduledDelayMillis: 5000,
        exportTimeoutMillis: 30_000,
        maxQueueSize: 2048,
        maxExportBatchSize: 512,
      },
      limits: { attributeValueLengthLimit: Infinity, attributeCountLimit: 128 },
    });
  });

  test('takes every setting', () => {
    const traces = read({
      ...endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20a2V5Og==,x-scope=duet',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, deployment.environment=a%2Cb',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_PROPAGATORS: 'baggage',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000',
      OTEL_ATTRIBUTE_COUNT_LIMIT: '20',
    });
    expect(traces).toMatchObject({
      resource: { 'service.name': 'other', 'deployment.environment': 'a,b' },
      protocol: 'http/json',
      sampler: { name: 'parentbased_traceidratio', ratio: 0.25 },
      followsCaller: false,
      batch: { maxQueueSize: 100, maxExportBatchSize: 100 },
      limits: { attributeValueLengthLimit: 1000, attributeCountLimit: 20 },
    });
  });

  test.each([
    ['OTEL_SDK_DISABLED', '1'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s'],
    ['OTEL_EXPORTER_OTLP_TRACES_COMPRESSION', 'zstd'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'hunter2'],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'key=hunter2%'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=hunter2'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_PROPAGATORS', 'tracecontext,b3'],
    ['OTEL_BSP_SCHEDULE_DELAY', '0'],
    ['OTEL_BSP_EXPORT_TIMEOUT', '-1'],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '2049'],
    ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'long'],
  ])('refuses %s=%s by its name', (name, value) => {
    const lines = linesOf({ ...endpoint, [name]: value });
    expect(lines.map((line) => line.slice(0, line.indexOf(': ')))).toEqual([name]);
    expect(lines.join()).not.toContain('hunter2');
  });

  test.each(['', '1.5', '-0.1', 'half'])('wants a ratio from 0 to 1: "%s"', (ratio) => {
    const env = { ...endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: ratio };
    expect(linesOf(env).map((line) => line.slice(0, 23))).toEqual(ratio === '' ? [] : ['OTEL_TRACES_SAMPLER_ARG']);
  });
});
