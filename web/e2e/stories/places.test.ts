import { randomUUID } from 'node:crypto';
import { expect, phone, test } from '../fixtures.ts';
import { replicasOf } from '../stack/replicas.ts';

test('a link to nothing says so and leads on', { tag: '@fast' }, async ({ enter }) => {
  const { page } = await enter('user');
  await page.goto(`/appointments/${randomUUID()}`);
  await expect(page.getByText('No such appointment')).toBeVisible();
  await page.goto(`/appointments/${randomUUID()}/call`);
  await expect(page.getByRole('heading', { name: 'The call cannot be opened' })).toBeVisible();
  await page.goto('/no-such-page');
  await page.getByRole('link', { name: 'To the start page', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Appointments', level: 1 })).toBeVisible();
});

test('a link can name the backend, and each keeps its own session', { tag: '@fast' }, async ({ enter }) => {
  const { page, name } = await enter('user');
  await page.goto('/appointments?backend=b');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(page.getByTestId('backend-switch')).toContainText('Backend B');
  await page.getByTestId('backend-switch').click();
  await expect(page.getByTestId('backend-b')).toContainText('Fastify');
  await expect(page.getByTestId('backend-a')).toContainText(`Logged in as ${name}`);
  await page.getByTestId('backend-a').click();
  await expect(page.getByTestId('backend-switch')).toContainText('Backend A');
  await page.goto('/profile');
  await expect(page.getByLabel('Name')).toHaveValue(name);
});

test('a server of one’s own is added by its address', { tag: '@fast' }, async ({ openWindow, stack }) => {
  const page = await (await openWindow('user')).newPage();
  const address = 'http://own.duet.example';
  await page.route(`${address}/**`, async (route) => {
    const url = route.request().url().replace(address, `${stack.origin}/b`);
    const response = await route.fetch({ url });
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': stack.origin } });
  });
  await page.goto('/backends');
  await page.getByLabel('Another Duet server').fill(replicasOf(stack, 'b')[0]?.url ?? '');
  await page.getByRole('button', { name: 'Add a backend' }).click();
  await expect(page.getByText('does not let this page in')).toBeVisible();
  await page.getByLabel('Another Duet server').fill(address);
  await page.getByRole('button', { name: 'Add a backend' }).click();
  const own = page.getByRole('listitem').filter({ hasText: 'own.duet.example' });
  await expect(own).toContainText('Fastify');
  await own.getByRole('button', { name: 'Use this one' }).click();
  await expect(page.getByTestId('backend-switch')).toContainText('own.duet.example');
  // It goes on asking how that server is.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test(
  'without a network the client opens all the same, and says why it is empty',
  { tag: '@fast' },
  async ({ enter }) => {
    const { page } = await enter('user');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.reload();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await page.context().setOffline(true);
    await page.reload();
    await expect(page.getByTestId('connection-banner')).toContainText('You are offline');
    await page.context().setOffline(false);
    await expect(page.getByTestId('connection-banner')).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Appointments', level: 1 })).toBeVisible();
  },
);

test('the client speaks German', { tag: '@fast' }, async ({ enter }) => {
  const { page } = await enter('user');
  await page.getByTestId('account-menu').click();
  await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Termine', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Termine', level: 1 })).toBeVisible();
});

test('nothing sticks out when it is written from right to left', { tag: '@fast' }, async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user', phone)]);
  const { id } = await backend.book(user.login, doctor.login);
  const places = ['/appointments', '/doctors', `/doctors/${doctor.login.account.id}`, '/profile', '/backends'];
  for (const place of [...places, `/appointments/${id}`, `/appointments/${id}/call`]) {
    await user.page.goto(place);
    await expect(user.page.getByRole('heading', { level: 1 })).toBeVisible();
    await user.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    const overhang = (): Promise<number> =>
      user.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(overhang, { message: place }).toBe(0);
  }
});
