import { check, fail } from 'k6';
import http, { type RefinedResponse } from 'k6/http';

/** A day in small: of ten requests seven look at an appointment, two at the list, and one writes a message. */
const base = __ENV['BASE_URL'] ?? 'http://localhost:3000';
const MILLISECONDS_1_DAY = 86_400_000;

export const options = {
  scenarios: {
    day: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV['RATE'] ?? 10),
      timeUnit: '1s',
      duration: __ENV['DURATION'] ?? '1m',
      preAllocatedVUs: 50,
      maxVUs: 200,
    },
  },
  thresholds: {
    checks: ['rate>0.999'],
    http_req_failed: ['rate<0.001'],
    http_req_duration: ['p(99)<500'],
    dropped_iterations: ['count==0'],
  },
};

type Visit = { token: string; appointmentId: string };

/** A doctor, a user and an appointment of theirs, made through the API like anybody's. */
export function setup(): Visit {
  const name = `load-${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
  const doctor = enter(name, { role: 'doctor', specialty: 'Load', inviteCode: __ENV['INVITE_CODE'] ?? '' });
  const user = enter(name, { role: 'user' });
  const startsAt = new Date(Math.ceil(Date.now() / MILLISECONDS_1_DAY + 1) * MILLISECONDS_1_DAY).toISOString();
  const booking = { doctorId: doctor.id, startsAt, durationMinutes: 30 };
  const appointment = expect(201, send('createAppointment', '/v1/appointments', booking, user.token));
  return { token: user.token, appointmentId: appointment['id'] as string };
}

export default function day({ token, appointmentId }: Visit): void {
  const place = Math.floor(Math.random() * 10);
  const path = `/v1/appointments/${appointmentId}`;
  if (place < 7) return seen(200, read('getAppointment', path, token));
  if (place < 9) return seen(200, read('listAppointments', '/v1/appointments', token));
  const message = { clientId: crypto.randomUUID(), body: 'A message of middling length, as people write them.' };
  return seen(201, send('sendMessage', `${path}/messages`, message, token));
}

function enter(name: string, person: { role: string; specialty?: string; inviteCode?: string }) {
  const login = { email: `${name}.${person.role}@duet.invalid`, password: `${name} is long enough` };
  expect(201, send('createAccount', '/v1/accounts', { ...login, displayName: `Duet ${name}`, ...person }));
  const session = expect(201, send('login', '/v1/sessions', login));
  return { token: session['token'] as string, id: (session['account'] as { id: string }).id };
}

function read(name: string, path: string, token: string) {
  return http.get(base + path, { headers: { Authorization: `Bearer ${token}` }, tags: { name } });
}

function send(name: string, path: string, body: object, token?: string) {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  return http.post(base + path, JSON.stringify(body), { headers, tags: { name } });
}

function seen(status: number, response: RefinedResponse<'text'>): void {
  check(response, { answered: (answer) => answer.status === status });
}

function expect(status: number, response: RefinedResponse<'text'>): Record<string, unknown> {
  if (response.status !== status) fail(`${response.url} answers ${response.status} ${response.body}`);
  return response.json() as Record<string, unknown>;
}
