import { Server } from 'node:http';
import { performance } from 'node:perf_hooks';

/**
 * Preloaded into a server: each request for one appointment first keeps the processor busy for BUSY_WAIT_MICROSECONDS.
 * What a trial of the measurement's power looks for; no backend knows of it.
 */
const milliseconds = Number(process.env['BUSY_WAIT_MICROSECONDS'] ?? 0) / 1000;
const POINT_READ = /^\/v1\/appointments\/[^/?]+$/;

const emit: (this: Server, event: string, ...values: unknown[]) => boolean = Server.prototype.emit;
Server.prototype.emit = function (this: Server, event: string, ...values: unknown[]): boolean {
  const [request] = values as [{ url?: string; method?: string } | undefined];
  if (event === 'request' && request?.method === 'GET' && POINT_READ.test(request.url ?? '')) {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  }
  return emit.call(this, event, ...values);
};
