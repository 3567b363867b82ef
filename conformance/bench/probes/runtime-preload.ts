import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import type { RuntimeSecond } from './runtime.ts';

/**
 * Preloaded into a server as `runtime-preload.ts?file=<path>`: appends a line of JSON to that file each second. No backend
 * knows of it, and nothing of it keeps a process alive.
 */
const file = new URL(import.meta.url).searchParams.get('file') ?? '/dev/null';
const RESOLUTION_MS = 10;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
let collectionMs = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collectionMs += duration;
}).observe({ entryTypes: ['gc'] });

setInterval(() => {
  // What it records is the time between two turns of its timer, so its resolution is in every value.
  const at = (percentile: number): number => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);
  const told: RuntimeSecond = { at: Date.now(), eventLoopDelayP99: at(99), collectionMs };
  appendFileSync(file, `${JSON.stringify(told)}\n`);
  delay.reset();
  collectionMs = 0;
}, 1000).unref();
