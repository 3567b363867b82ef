import Table from 'cli-table3';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from '../../faults/declare.ts';
import { detect, type Detection, isBehaviour } from '../../model/detection.ts';

/** How many sequences are tried on each fault, how long the longest is, and with what the first begins. */
const TRIED = { seed: 1, runs: 300, steps: 25 };
const LEAST_RATE = 0.95;
/** A shortened sequence should not be longer. */
const MOST_STEPS = 8;

/**
 * Looks whether random sequences, and no test, tell a good server from one with each fault. What was tried is kept in the
 * file, and not tried again while that stays there.
 * @returns 0 when at least 95 % are found, each of those rightly judged in at most 8 steps
 */
export async function proveBySequences(faults: readonly Fault[], file: string, signal: AbortSignal): Promise<number> {
  const known = readDetections(file);
  const detections: Detection[] = [];
  mkdirSync(path.dirname(file), { recursive: true });
  for (const fault of faults.filter(isBehaviour)) {
    const before = known.get(`${fault.rule} ${fault.name}`);
    const detection = before ?? (await detect(fault, { ...TRIED, signal }));
    detections.push(detection);
    if (before) continue;
    appendFileSync(file, `${JSON.stringify(detection)}\n`);
    process.stderr.write(`${detection.outcome.padEnd(9)} ${fault.rule} ${fault.name}\n`);
  }
  process.stdout.write(detectionsInWords(detections));
  const isShort = detections.every(({ steps }) => steps === null || steps <= MOST_STEPS);
  return rateOf(detections) >= LEAST_RATE && isShort ? 0 : 1;
}

/** A line that was cut off is no detection. */
function readDetections(file: string): Map<string, Detection> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const all = lines.map((line) => JSON.parse(line) as Detection);
  return new Map(all.map((detection) => [`${detection.rule} ${detection.fault}`, detection]));
}

function rateOf(detections: readonly Detection[]): number {
  return detections.filter(({ outcome }) => outcome === 'found').length / Math.max(1, detections.length);
}

/** A line for each area, what was not found or was judged wrongly, what is long, and the rate. */
export function detectionsInWords(detections: readonly Detection[]): string {
  const table = new Table({
    head: ['area', 'faults', 'found', 'rate', 'sequences until then, median', 'steps, median', 'steps, most'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const areas = Map.groupBy(detections, ({ rule }) => rule.split('/')[0] ?? '');
  for (const [area, own] of [...areas, ['all', detections] as const]) {
    const found = own.filter(({ outcome }) => outcome === 'found');
    const steps = found.map((one) => one.steps ?? 0);
    const until = found.map(({ sequences }) => sequences);
    const rate = `${(rateOf(own) * 100).toFixed(1)} %`;
    table.push([area, own.length, found.length, rate, median(until), median(steps), Math.max(0, ...steps)].map(String));
  }
  const told = detections.flatMap(({ rule, fault, outcome, steps }) => {
    if (outcome === 'missed') return [`✗ missed: ${rule} ${fault}\n`];
    if (outcome === 'misjudged') return [`✗ misjudged: ${rule} ${fault}\n`];
    return (steps ?? 0) > MOST_STEPS ? [`✗ in ${steps} steps: ${rule} ${fault}\n`] : [];
  });
  return `${table.toString()}\n${told.join('')}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
