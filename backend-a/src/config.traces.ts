import { WrongValue, type Settings } from './config.settings.ts';
import { readUrl } from './config.values.ts';

/** What OpenTelemetry's own settings say of traces; where and how they are sent is read by its exporter itself. */
export interface TracesConfig {
  /** The attributes of everything that is sent; service.name is among them. */
  readonly resource: Readonly<Record<string, string>>;
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly sampler: { readonly name: (typeof samplers)[number]; readonly ratio: number };
  /** Whether a request goes on with the trace that its caller names in traceparent. */
  readonly followsCaller: boolean;
  readonly batch: {
    readonly scheduledDelayMillis: number;
    readonly exportTimeoutMillis: number;
    readonly maxQueueSize: number;
    readonly maxExportBatchSize: number;
  };
  readonly limits: { readonly attributeValueLengthLimit: number; readonly attributeCountLimit: number };
}

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

const noPairs: Readonly<Record<string, string>> = {};
const longestMilliseconds = 3_600_000;
const longestQueue = 1_000_000;
const most = 999_999_999;

/**
 * Traces are on when OTEL_TRACES_EXPORTER or an OTLP endpoint is set, and OTEL_SDK_DISABLED is not true. Otherwise the
 * other settings are not looked at. A value that OpenTelemetry does not know, or that is not served here, is refused.
 *
 * @rule operations/configuration
 */
export function readTraces(settings: Settings): TracesConfig | null {
  const isWanted = ['OTEL_TRACES_EXPORTER', nameOf(settings, 'ENDPOINT')].some((name) => settings.isSet(name));
  if (!isWanted || settings.optional('OTEL_SDK_DISABLED', readBoolean, false)) return null;
  if (settings.oneOf('OTEL_TRACES_EXPORTER', ['otlp', 'none'], 'otlp') === 'none') return null;
  checkDestination(settings);
  return {
    resource: readResource(settings),
    protocol: settings.oneOf(nameOf(settings, 'PROTOCOL'), ['http/protobuf', 'http/json'], 'http/protobuf'),
    sampler: readSampler(settings),
    followsCaller: settings.optional('OTEL_PROPAGATORS', readPropagators, true),
    batch: readBatch(settings),
    limits: {
      attributeValueLengthLimit: readLimit(settings, 'ATTRIBUTE_VALUE_LENGTH_LIMIT', Infinity),
      attributeCountLimit: readLimit(settings, 'ATTRIBUTE_COUNT_LIMIT', 128),
    },
  };
}

/** The setting that counts: that of traces before that of all signals. */
function nameOf(settings: Settings, ending: string): string {
  const ofTraces = `OTEL_EXPORTER_OTLP_TRACES_${ending}`;
  return settings.isSet(ofTraces) ? ofTraces : `OTEL_EXPORTER_OTLP_${ending}`;
}

/** The exporter reads these itself, and would pass over in silence what is wrong. */
function checkDestination(settings: Settings): void {
  settings.optional(nameOf(settings, 'ENDPOINT'), readUrl(['http:', 'https:']), null);
  settings.integer(nameOf(settings, 'TIMEOUT'), 1, longestMilliseconds, 10_000);
  settings.oneOf(nameOf(settings, 'COMPRESSION'), ['none', 'gzip'], 'none');
  for (const name of ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'])
    settings.optional(name, readPairs, noPairs);
}

function readResource(settings: Settings): Record<string, string> {
  const attributes = settings.optional('OTEL_RESOURCE_ATTRIBUTES', readPairs, noPairs);
  const otherName = attributes['service.name'] ?? 'backend-a';
  return { ...attributes, 'service.name': settings.optional('OTEL_SERVICE_NAME', (text) => text, otherName) };
}

function readSampler(settings: Settings): TracesConfig['sampler'] {
  const name = settings.oneOf('OTEL_TRACES_SAMPLER', samplers, 'parentbased_always_on');
  const ratio = name.endsWith('traceidratio') ? settings.optional('OTEL_TRACES_SAMPLER_ARG', readRatio, 1) : 1;
  return { name, ratio };
}

function readBatch(settings: Settings): TracesConfig['batch'] {
  const maxQueueSize = settings.integer('OTEL_BSP_MAX_QUEUE_SIZE', 1, longestQueue, 2048);
  return {
    scheduledDelayMillis: settings.integer('OTEL_BSP_SCHEDULE_DELAY', 1, longestMilliseconds, 5_000),
    exportTimeoutMillis: settings.integer('OTEL_BSP_EXPORT_TIMEOUT', 1, longestMilliseconds, 30_000),
    maxQueueSize,
    maxExportBatchSize: settings.integer(
      'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
      1,
      maxQueueSize,
      Math.min(512, maxQueueSize),
    ),
  };
}

function readLimit(settings: Settings, ending: string, fallback: number): number {
  const ofSpans = `OTEL_SPAN_${ending}`;
  return settings.integer(settings.isSet(ofSpans) ? ofSpans : `OTEL_${ending}`, 1, most, fallback);
}

function readBoolean(text: string): boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw new WrongValue(`is "${text}"; it must be true or false`);
}

function readRatio(text: string): number {
  const ratio = /^[\d.]+(e-?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new WrongValue(`is "${text}"; it must be a number from 0 to 1`);
}

/** Baggage is neither read nor passed on here, so that it may be named without any effect. */
function readPropagators(text: string): boolean {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !['tracecontext', 'baggage', 'none'].includes(name));
  if (wrong === undefined) return names.includes('tracecontext') && !names.includes('none');
  throw new WrongValue(`names "${wrong}"; it must be tracecontext, baggage or none, separated by commas`);
}

/** Never quotes what it refuses: a header may be a secret. */
function readPairs(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(pairs.map(readPair));
}

function readPair(text: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/.exec(text) ?? [];
  try {
    if (name !== '') return [decodeURIComponent(name), decodeURIComponent(value.trim())];
  } catch {
    // The way out is the same.
  }
  throw new WrongValue('must be name=value, separated by commas; a comma or a % in a value is percent-encoded');
}
