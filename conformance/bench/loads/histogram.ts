import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Latency } from '../study/records.ts';

/** From a microsecond to five minutes, to three digits; any HDR histogram library reads the text. */
const HIGHEST_MICROS = 300_000_000;
const DIGITS = 3;

/** The text of an HDR histogram (V2, compressed, base64) of microseconds. */
export function histogramOf(micros: readonly number[]): string {
  const histogram = empty();
  for (const value of micros) histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(1, Math.round(value))));
  return encodeIntoCompressedBase64(histogram);
}

/** The text of one histogram that has all values of the others. */
export function addHistograms(texts: readonly string[]): string {
  return encodeIntoCompressedBase64(sumOf(texts));
}

/** In milliseconds, of all values of the histograms together; null when they have none. */
export function percentilesOf(texts: readonly string[]): Latency | null {
  const all = sumOf(texts);
  if (all.totalCount === 0) return null;
  const at = (percentile: number): number => all.getValueAtPercentile(percentile) / 1000;
  return { p50: at(50), p90: at(90), p99: at(99), max: all.maxValue / 1000 };
}

function sumOf(texts: readonly string[]): Histogram {
  const all = empty();
  for (const text of texts) all.add(decodeFromCompressedBase64(text, 32));
  return all;
}

function empty(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_MICROS,
    numberOfSignificantValueDigits: DIGITS,
  });
}
