import type { ProductName } from '../study/records.ts';
import { timeCommand } from './timed-command.ts';

/** Runs a backend's unit tests. @returns the milliseconds of `npm test` */
export function timeTests(product: ProductName, signal: AbortSignal): Promise<number> {
  return timeCommand(['npm', 'test', '-w', product], signal);
}
