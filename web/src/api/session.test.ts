import { createPinia, setActivePinia } from 'pinia';
import { effectScope } from 'vue';
import { beforeEach, expect, test, vi } from 'vitest';
import { stubPage } from '../testing/browser.ts';
import { useBackends } from './backends.ts';
import { call, useApi } from './client.ts';
import { ApiProblem } from './problem.ts';
import { onLogout, useSession } from './session.ts';

type Answer = { status: number; body?: unknown };

let sent: { url: string; method: string; token: string | null }[];
let answers: (request: Request) => Answer;

beforeEach(() => {
  stubPage();
  setActivePinia(createPinia());
  sent = [];
  vi.stubGlobal('fetch', async (request: Request): Promise<Response> => {
    sent.push({ url: request.url, method: request.method, token: request.headers.get('Authorization') });
    const { status, body } = answers(request);
    const text = body === undefined ? null : JSON.stringify(body);
    return new Response(text, {
      status,
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(text?.length ?? 0) },
    });
  });
  let logins = 0;
  answers = (request) => {
    if (request.url.endsWith('/v1/sessions')) return { status: 201, body: newSession(`token-${(logins += 1)}`) };
    return request.headers.get('Authorization') === 'Bearer token-1' ? unauthenticated : { status: 200, body: account };
  };
});

test('each backend has a session of its own', async () => {
  const session = useSession();
  const backends = useBackends();
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  expect(session.state).toBe('active');
  backends.select('b');
  expect(session.state).toBe('none');
  backends.select('a');
  expect(session.token).toBe('token-1');
  expect(JSON.parse(localStorage.getItem('duet.session.a') ?? '')).toMatchObject({ token: 'token-1' });
});

test('a request that an expired session lost is sent again after the login', async () => {
  const session = useSession();
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  const reading = call(useApi().client.GET('/v1/me'));
  await vi.waitFor(() => expect(session.state).toBe('expired'));
  await session.resume('secret-secret');
  expect(await reading).toMatchObject({ displayName: 'Ada' });
  expect(session.state).toBe('active');
  expect(sent.filter(({ method }) => method === 'GET').map(({ token }) => token)).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
});

test('who does not log in again gets the refusal, and nothing of the session stays', async () => {
  const session = useSession();
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  const reading = call(useApi().client.GET('/v1/me'));
  await vi.waitFor(() => expect(session.state).toBe('expired'));
  session.forget();
  await expect(reading).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(session.state).toBe('none');
  expect(localStorage.getItem('duet.session.a')).toBeNull();
});

test('no answer is told as offline', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const failure = await call(useApi().client.GET('/v1/doctors')).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject({ code: 'offline', status: 0 });
});

test('a session that was revoked elsewhere says so at the login', async () => {
  const session = useSession();
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  session.tellRevoked('a', ['another']);
  expect(session.state).toBe('active');
  session.tellRevoked('a', ['session-token-1']);
  expect(session.state).toBe('none');
  expect(session.endedElsewhere).toBe(true);
});

test('what is told at the end of a session says who ended it', async () => {
  const session = useSession();
  const scope = effectScope();
  const told = vi.fn<(by: string) => void>();
  scope.run(() => onLogout(told));
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  session.tellRevoked('a', ['session-token-1']);
  expect(told).toHaveBeenLastCalledWith('elsewhere');
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  expect(session.endedElsewhere).toBe(false);
  session.forget();
  expect(told).toHaveBeenLastCalledWith('here');
  session.tellRevoked('a', ['session-token-2']);
  expect(told).toHaveBeenCalledTimes(2);
  expect(session.endedElsewhere).toBe(false);
  scope.stop();
});

test('a session that another tab found revoked was ended elsewhere', async () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const session = useSession();
  await session.login({ email: 'ada@example.org', password: 'secret-secret' });
  localStorage.removeItem('duet.session.a');
  page.dispatchEvent(Object.assign(new Event('storage'), { key: 'duet.session.a' }));
  expect(session.state).toBe('none');
  expect(session.endedElsewhere).toBe(true);
});

const account = { id: 'account-1', displayName: 'Ada', email: 'ada@example.org' };
const unauthenticated: Answer = { status: 401, body: { code: 'unauthenticated', requestId: '1', detail: 'Log in.' } };

function newSession(token: string): unknown {
  return { id: `session-${token}`, token, expiresAt: '2099-01-01T00:00:00.000Z', account };
}
