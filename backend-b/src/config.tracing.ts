import * as read from './config.readers.ts';
import type { Reader } from './config.readers.ts';

export interface TracingSettings {
  /** Where spans go; one at least. */
  exporters: ('otlp' | 'console')[];
  protocol: 'http/protobuf' | 'http/json';
  sampler: (typeof SAMPLERS)[number];
  /** The share of traces that is kept, 0 to 1, by the samplers that go by one. */
  ratio: number;
  /** Whether a request continues the trace that its caller names. */
  continuesCallers: boolean;
  batch: {
    scheduledDelayMillis: number;
    exportTimeoutMillis: number;
    maxQueueSize: number;
    maxExportBatchSize: number;
  };
}

type Optional = <T>(name: string, reader: Reader<T>) => T | undefined;

const SWITCHES = ['OTEL_TRACES_EXPORTER', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

// Those of others are known and do nothing here.
const PROPAGATORS = ['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'xray', 'ottrace', 'none'] as const;

const LONGEST_ATTRIBUTE = 255;
const LONGEST_MS = 999_999_999;
const MOST_SPANS = 1_000_000;

/**
 * OpenTelemetry's own settings, in the meaning that OpenTelemetry gives them.
 * @returns undefined unless they switch traces on; the others are not looked at then
 */
export function readTracing(optional: Optional): TracingSettings | undefined {
  const isWanted = SWITCHES.some((name) => optional(name, asItIs) !== undefined);
  if (!isWanted || optional('OTEL_SDK_DISABLED', truth)) return undefined;
  const named = optional('OTEL_TRACES_EXPORTER', read.list(read.oneOf('otlp', 'console', 'none'))) ?? ['otlp'];
  const exporters = named.filter((name) => name !== 'none');
  if (exporters.length === 0) return undefined;

  const sampler = optional('OTEL_TRACES_SAMPLER', read.oneOf(...SAMPLERS)) ?? 'parentbased_always_on';
  const ratio = sampler.endsWith('traceidratio') ? optional('OTEL_TRACES_SAMPLER_ARG', share) : undefined;
  const propagators = optional('OTEL_PROPAGATORS', read.list(read.oneOf(...PROPAGATORS))) ?? ['tracecontext'];
  optional('OTEL_RESOURCE_ATTRIBUTES', resourceAttributes);
  return {
    exporters,
    protocol: readProtocol(optional),
    sampler,
    ratio: ratio ?? 1,
    continuesCallers: propagators.includes('tracecontext'),
    batch: {
      scheduledDelayMillis: optional('OTEL_BSP_SCHEDULE_DELAY', read.integer(1, LONGEST_MS)) ?? 5_000,
      exportTimeoutMillis: optional('OTEL_BSP_EXPORT_TIMEOUT', read.integer(1, LONGEST_MS)) ?? 30_000,
      maxQueueSize: optional('OTEL_BSP_MAX_QUEUE_SIZE', read.integer(1, MOST_SPANS)) ?? 2_048,
      maxExportBatchSize: optional('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', read.integer(1, MOST_SPANS)) ?? 512,
    },
  };
}

/** The exporter reads the others itself and passes over what is wrong; here it is named. */
function readProtocol(optional: Optional): TracingSettings['protocol'] {
  const either = <T>(name: string, reader: Reader<T>): T | undefined => {
    const general = optional(`OTEL_EXPORTER_OTLP_${name}`, reader);
    return optional(`OTEL_EXPORTER_OTLP_TRACES_${name}`, reader) ?? general;
  };
  either('HEADERS', headers);
  either('TIMEOUT', read.integer(1, LONGEST_MS));
  either('COMPRESSION', read.oneOf('none', 'gzip'));
  either('ENDPOINT', endpoint);
  return either('PROTOCOL', read.oneOf('http/protobuf', 'http/json')) ?? 'http/protobuf';
}

const asItIs: Reader<string> = (value) => value;

const truth: Reader<boolean> = (value) => read.oneOf('true', 'false')(value.toLowerCase()) === 'true';

const share: Reader<number> = (value) => {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new read.Wrong(`is ${JSON.stringify(value)}, but must be a number from 0 to 1`);
  }
  return number;
};

const endpoint = read.text(
  'is not an http or https URL; set it to one such as http://collector.example:4318',
  (value) => /^https?:$/.test(read.parsedUrl(value)?.protocol ?? ''),
);

const headers = read.text(
  'is not a list of name=value, separated by commas; percent-encode what else it holds',
  (value) => partsOf(value).every((part) => part.indexOf('=') > 0),
);

const resourceAttributes = read.text(
  `is not a list of name=value, separated by commas; percent-encode what else it holds, ${LONGEST_ATTRIBUTE} characters each at most`,
  (value) =>
    partsOf(value).every((part) => {
      const pair = part.split('=').map((text) => decoded(text.trim()));
      return (
        pair.length === 2 &&
        pair[0] !== '' &&
        pair.every((text) => text !== undefined && text.length <= LONGEST_ATTRIBUTE)
      );
    }),
);

function partsOf(value: string): string[] {
  return value.split(',').filter((part) => part.trim() !== '');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
