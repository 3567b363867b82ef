import http from 'k6/http';
import type { LoadOrder, World } from './order.ts';
import { optionsOf, seen, send } from './sending.ts';

/**
 * One load on one server. k6 keeps the virtual users of one scenario for the next: before the load each learns who it may
 * be and opens its connection, and after it each tells the desk what it saw, every single request.
 */
const order = JSON.parse(__ENV['ORDER'] ?? '') as LoadOrder;

export const options = optionsOf(order.loop);

let worlds: World[] = [];

export function learn(): void {
  worlds = http.get(`${order.desk}/worlds`, { responseType: 'text' }).json() as World[];
  http.get(`${order.url}/healthz`);
  http.post(`${order.desk}/learned`);
}

export function load(): void {
  send(order, worlds);
}

export function tell(): void {
  const response = http.post(`${order.desk}/seen`, JSON.stringify(seen), { timeout: '60s' });
  if (response.status !== 204) throw new Error(`the desk answers with ${response.status} ${response.error}`);
}
