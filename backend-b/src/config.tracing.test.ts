import { describe, expect, it } from 'vitest';
import { readEnvironment } from './config.settings.ts';

const right = {
  DATABASE_URL: 'postgres://duet@localhost:5432/duet',
  DOCTOR_INVITE_CODE: 'let-me-in',
  CURSOR_SECRET: 'x'.repeat(32),
};
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' };

function read(env: NodeJS.ProcessEnv) {
  const { settings, lines } = readEnvironment({ ...right, ...env });
  return { tracing: settings.tracing, names: lines.map((line) => line.split(': ')[0]), lines };
}

describe('traces', () => {
  it('are off unless an exporter or a place is named', () => {
    expect(read({}).tracing).toBeUndefined();
    expect(read({ OTEL_SERVICE_NAME: 'b', OTEL_TRACES_SAMPLER: 'nonsense' })).toMatchObject({
      tracing: undefined,
      names: [],
    });
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }).tracing).toBeUndefined();
    expect(read({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }).tracing).toBeUndefined();
    expect(read({ ...endpoint, OTEL_SDK_DISABLED: 'TRUE', OTEL_TRACES_SAMPLER: 'nonsense' })).toMatchObject({
      tracing: undefined,
      names: [],
    });
  });

  it('are on with any of three variables', () => {
    const standard = {
      exporters: ['otlp'],
      protocol: 'http/protobuf',
      sampler: 'parentbased_always_on',
      continuesCallers: true,
    };
    expect(read(endpoint).tracing).toMatchObject(standard);
    expect(read({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://a.example/v1/traces' }).tracing).toMatchObject(standard);
    expect(read({ OTEL_TRACES_EXPORTER: 'otlp' }).tracing).toMatchObject(standard);
    expect(read({ OTEL_TRACES_EXPORTER: 'console,otlp' }).tracing?.exporters).toEqual(['console', 'otlp']);
  });

  it('take what OpenTelemetry takes', () => {
    const { tracing, lines } = read({
      ...endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20YTpi==,x-tenant=1',
      OTEL_RESOURCE_ATTRIBUTES: 'a=1, b=%C3%A9,c=',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_PROPAGATORS: 'b3',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    expect(lines).toEqual([]);
    expect(tracing).toMatchObject({
      protocol: 'http/json',
      sampler: 'traceidratio',
      ratio: 0.25,
      continuesCallers: false,
    });
    expect(tracing?.batch.scheduledDelayMillis).toBe(100);
  });

  it('name all that is wrong, and repeat no header', () => {
    const { names, lines } = read({
      OTEL_SDK_DISABLED: 'yes',
      OTEL_TRACES_EXPORTER: 'zipkin',
      OTEL_EXPORTER_OTLP_HEADERS: 'top-secret',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '2',
      OTEL_RESOURCE_ATTRIBUTES: 'a=b=c',
      OTEL_BSP_MAX_QUEUE_SIZE: 'many',
    });
    expect(names.toSorted()).toEqual([
      'OTEL_BSP_MAX_QUEUE_SIZE',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
      'OTEL_RESOURCE_ATTRIBUTES',
      'OTEL_SDK_DISABLED',
      'OTEL_TRACES_EXPORTER',
      'OTEL_TRACES_SAMPLER_ARG',
    ]);
    expect(lines.join()).not.toContain('top-secret');
  });
});
