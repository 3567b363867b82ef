import { beforeEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { fetchFirstPage } from './first-page.ts';

const load = { call: vi.fn<() => Promise<never>>(), login: vi.fn<() => Promise<never>>() };
let router: Router;

beforeEach(() => {
  for (const fetchPage of Object.values(load)) fetchPage.mockReset().mockRejectedValue(new TypeError('no network'));
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', redirect: '/login' },
      { path: '/login', component: load.login, meta: { open: true } },
      { path: '/appointments/:appointmentId/call', component: load.call },
    ],
  });
});

test('the page that was asked for is fetched, and that alone', () => {
  fetchFirstPage(router, '/appointments/one/call?backend=b', { isLoggedIn: true });
  expect(load.call).toHaveBeenCalledOnce();
  expect(load.login).not.toHaveBeenCalled();
});

test('who is not logged in gets no page that needs it', () => {
  fetchFirstPage(router, '/appointments/one/call', { isLoggedIn: false });
  fetchFirstPage(router, '/login', { isLoggedIn: false });
  expect(load.call).not.toHaveBeenCalled();
  expect(load.login).toHaveBeenCalledOnce();
});

test('a redirect is left to the router', () => {
  fetchFirstPage(router, '/', { isLoggedIn: true });
  expect(load.login).not.toHaveBeenCalled();
});
