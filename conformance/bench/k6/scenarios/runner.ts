import execution from 'k6/execution';
import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import type { LoadOrder, Person, RunnerOrder, RunnerSeen, World } from './order.ts';
import { optionsOf, seen, send } from './sending.ts';
import { makeParts, worldsOf, type Api, type Parts } from './worlds.ts';

/**
 * One load from several machines: what k6-operator runs on each of them (k8s/load). Every runner makes people of its own,
 * sends its part of the load, and leaves in its log what it was told and what each virtual user saw: `duet merge` reads it.
 */
const environment = (name: string, otherwise: string): string => __ENV[name] ?? otherwise;

const url = environment('BASE_URL', 'http://localhost:3000');
const ratePerSecond = Number(environment('RATE', '10'));
const seconds = Number(environment('SECONDS', '60'));
const virtualUsers = Number(environment('VIRTUAL_USERS', '50'));
const order: Omit<LoadOrder, 'desk'> = {
  scenario: environment('SCENARIO', 'mixed-day') as LoadOrder['scenario'],
  url,
  firstTurn: 0,
  loop: { kind: 'open', virtualUsers, stages: [{ ratePerSecond, seconds }] },
};

export const options = { ...optionsOf(order.loop), setupTimeout: '5m' };

export async function setup(): Promise<Parts> {
  const startedAt = new Date().toISOString();
  const parts = await makeParts(api, Number(environment('WORLDS', '8')));
  tellLine({
    kind: 'runner',
    startedAt,
    scenario: order.scenario,
    ratePerSecond,
    seconds,
    virtualUsers,
    seed: Number(environment('SEED', '1')),
    commit: environment('COMMIT', 'unknown'),
    segment: execution.test.options.executionSegment ?? '0:1',
    server: serverOf(expectStatus(200, http.get(`${url}/v1/meta`, { responseType: 'text' }))),
  });
  return parts;
}

export function learn(): void {
  http.get(`${url}/healthz`);
}

let worlds: World[] = [];

export function load(parts: Parts): void {
  if (worlds.length === 0) worlds = worldsOf(parts);
  send(order, worlds);
}

export function tell(): void {
  tellLine({ kind: 'seen', virtualUsers: execution.instance.vusInitialized, ...seen });
}

const api: Api = {
  async enter(role) {
    const name = `${role}-${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    const login = { email: `${name}@duet.invalid`, password: `password of ${name}` };
    const doctor = { specialty: 'Cardiology', inviteCode: environment('INVITE_CODE', '') };
    const account = { ...login, role, displayName: `Duet ${name}`, ...(role === 'doctor' && doctor) };
    const { id } = expectStatus(201, post('/v1/accounts', account)).json() as { id: string };
    const { token } = expectStatus(201, post('/v1/sessions', login)).json() as { token: string };
    return { ...login, id, token };
  },
  async book(user, appointment) {
    return (expectStatus(201, post('/v1/appointments', appointment, user)).json() as { id: string }).id;
  },
  async getAppointment(user, appointmentId) {
    return textOf(`/v1/appointments/${appointmentId}`, user);
  },
  async listAppointments(user, limit) {
    return textOf(`/v1/appointments?limit=${limit}`, user);
  },
};

function post(path: string, body: object, who?: Person) {
  const headers = { 'Content-Type': 'application/json', ...(who && { Authorization: `Bearer ${who.token}` }) };
  return http.post(url + path, JSON.stringify(body), { headers, responseType: 'text' });
}

function textOf(path: string, { token }: Person): string {
  const headers = { Authorization: `Bearer ${token}` };
  return String(expectStatus(200, http.get(url + path, { headers, responseType: 'text' })).body);
}

function expectStatus<Type extends ResponseType>(status: number, response: RefinedResponse<Type>) {
  if (response.status === status) return response;
  throw new Error(`${response.url} answers ${response.status} ${response.error} ${response.body}`);
}

function serverOf(response: RefinedResponse<ResponseType>): RunnerOrder['server'] {
  const { service, framework, orm, runtime, contractVersion } = response.json() as RunnerOrder['server'];
  return { service, framework, orm, runtime, contractVersion };
}

function tellLine(line: RunnerOrder | RunnerSeen): void {
  // oxlint-disable-next-line no-console -- the log is where a runner leaves its result
  console.log(JSON.stringify(line));
}
