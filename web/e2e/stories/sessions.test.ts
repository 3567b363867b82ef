import { expect, test } from '../fixtures.ts';
import { password } from '../people/backend.ts';
import { Person } from '../people/person.ts';
import { meet } from '../views/call-view.ts';
import { openTab } from './another-tab.ts';
import { logIn } from './first-steps.ts';
import { countMediaRequests, runningDevices } from './media-requests.ts';

test('a session that expires while somebody types loses nothing', async ({ enter, backend, openWindow }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  const login = await backend.logIn(user.account);
  const ending = { ...login, expiresAt: new Date(Date.now() + 15_000).toISOString() };
  const page = await (await openWindow('user', { login: ending })).newPage();
  const typing = new Person(page, user.account, login);
  await typing.conversation.open(id);
  await typing.conversation.field.fill('Half of a sente');
  const dialog = page.getByRole('dialog', { name: 'Your session is over' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog).toBeHidden();
  await expect(typing.conversation.field).toHaveValue('Half of a sente');
  await typing.conversation.write('Half of a sentence, and the rest');
  await doctor.conversation.open(id);
  await doctor.conversation.expectMessage('Half of a sentence, and the rest');
});

test('logging out ends the call in every tab', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await user.call.open(id);
  await user.call.goIn();
  const tab = await user.page.context().newPage();
  await tab.goto('/profile');
  await tab.getByRole('button', { name: 'Log out', exact: true }).click();
  await expect(tab.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(user.call.stage).toBeHidden();
  await expect(user.page.getByTestId('self-video')).not.toBeAttached();
});

test('a logout everywhere from another device says so', async ({ enter, backend }) => {
  const user = await enter('user');
  await expect(user.page.getByRole('heading', { name: 'Appointments', level: 1 })).toBeVisible();
  await backend.logOutEverywhere(await backend.logIn(user.account));
  await expect(user.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(user.page.getByText('You were logged out from another device')).toBeVisible();
  await logIn(user);
});

test('a logout everywhere from another device ends the call and keeps what was typed', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await countMediaRequests(user.page);
  await meet(id, doctor.call, user.call);
  expect(await runningDevices(user.page)).toBe(2);
  const other = await openTab(user);
  await other.page.goto('/appointments');
  await user.page.bringToFront();
  await user.call.control('messages').click();
  await user.conversation.field.fill('Half of a sente');
  await backend.logOutEverywhere(await backend.logIn(user.account));
  for (const { page } of [user, other]) {
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
    await expect(page.getByText('You were logged out from another device')).toBeVisible();
  }
  expect(await runningDevices(user.page)).toBe(0);
  await user.page.getByLabel('Email').fill(user.account.email);
  await user.page.getByLabel('Password', { exact: true }).fill(password);
  await user.page.getByRole('button', { name: 'Log in' }).click();
  await expect(user.call.join).toBeVisible();
  await expect(user.page.getByText('Your camera is off')).toBeVisible();
  await user.conversation.open(id);
  await expect(user.conversation.field).toHaveValue('Half of a sente');
});

test('a link that needs a login leads there afterwards', async ({ enter, openWindow, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  const page = await (await openWindow('user')).newPage();
  await page.goto(`/appointments/${id}`);
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await page.getByLabel('Email').fill(user.account.email);
  await page.getByLabel('Password', { exact: true }).fill(user.account.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: `Appointment with ${doctor.name}` })).toBeVisible();
});

test('a wrong password is told in plain words', async ({ backend, openWindow }) => {
  const account = await backend.signUp('user');
  const page = await (await openWindow('user')).newPage();
  await page.goto('/login');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toContainText('Wrong email or password');
  await logIn(new Person(page, account));
});
