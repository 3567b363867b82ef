import { afterEach, expect, test } from 'vitest';
import { createSpecimen, type Specimen, type SpecimenOptions } from './specimen.ts';

const running: Specimen[] = [];

async function start(options: Partial<SpecimenOptions> = {}): Promise<string[]> {
  const specimen = await createSpecimen({ inviteCode: 'welcome', ...options });
  running.push(specimen);
  return specimen.urls;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((specimen) => specimen.stop()));
});

const person = { email: 'ada@duet.invalid', password: 'a long enough one', displayName: 'Ada', role: 'user' };

function post(url: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('says who it is', async () => {
  const [url = ''] = await start();
  const meta = await (await fetch(`${url}/v1/meta`)).json();
  expect(meta).toMatchObject({ service: 'specimen', videoProvider: 'peer', conformanceClock: true });
});

test('has replicas over one state', async () => {
  const [first = '', second = ''] = await start();
  expect((await post(first, '/v1/accounts', person)).status).toBe(201);
  const login = await post(second, '/v1/sessions', { email: person.email, password: person.password });
  expect(login.status).toBe(201);
  const { token } = (await login.json()) as { token: string };
  const me = await fetch(`${first}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(await me.json()).toMatchObject({ displayName: 'Ada', timeZone: 'UTC' });
});

test('tells a password from the same one with U+0000 after it', async () => {
  const [url = ''] = await start();
  await post(url, '/v1/accounts', person);
  const login = await post(url, '/v1/sessions', { email: person.email, password: `${person.password}\0` });
  expect(login.status).toBe(401);
});

test('takes an overridden decision in place of the honest one', async () => {
  const [url = ''] = await start({ lie: { override: () => ({ newTimeZone: () => 'Europe/Paris' }) } });
  expect(await (await post(url, '/v1/accounts', person)).json()).toMatchObject({ timeZone: 'Europe/Paris' });
});

test('lets a lie change any answer', async () => {
  const [url = ''] = await start({
    lie: { intercept: async (_, next) => ({ ...(await next()), headers: { 'x-lie': 'yes' } }) },
  });
  expect((await fetch(`${url}/healthz`)).headers.get('x-lie')).toBe('yes');
});

test('names every offending place, once', async () => {
  const [url = ''] = await start();
  const answer = await post(url, '/v1/accounts?sort=1', { ...person, email: 'ada', 'a/b': 1, specialty: '' });
  const { errors } = (await answer.json()) as { errors: { in: string; pointer: string; rule: string }[] };
  expect(errors.map((error) => `${error.in} ${error.pointer} ${error.rule}`).sort()).toEqual([
    'body /a~1b unknown',
    'body /email pattern',
    'body /specialty minLength',
    'query /sort unknown',
  ]);
});
