import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { forwardChange } from './clock-change.ts';

const minuteMs = 60_000;

async function chooseSlot(page: Page, startsAt: Date): Promise<void> {
  await page.getByLabel('Go to a date').fill(startsAt.toISOString().slice(0, 10));
  await page.locator(`[data-starts-at="${startsAt.toISOString()}"]`).click();
}

/** Ten in the morning in Berlin, three days on. */
function inThreeDays(): Date {
  const day = new Date(Date.now() + 3 * 24 * 60 * minuteMs).toISOString().slice(0, 10);
  return new Date(`${day}T09:00:00.000Z`);
}

test('a time that was taken meanwhile is told, and what was typed is kept', async ({ enter, backend }) => {
  const [doctor, user, other] = await Promise.all([enter('doctor'), enter('user'), enter('user')]);
  const startsAt = inThreeDays();
  await user.page.goto(`/doctors/${doctor.login.account.id}`);
  await chooseSlot(user.page, startsAt);
  await user.page.getByLabel('Reason (optional)').fill('A question about my tablets');
  // The page hears of nobody else's bookings, so the time looks free until it is asked for.
  await backend.book(other.login, doctor.login, { startsAt });
  await user.page.getByRole('button', { name: /^Book / }).click();
  await expect(user.page.getByText('That time has just been taken')).toBeVisible();
  await expect(user.page.locator(`[data-starts-at="${startsAt.toISOString()}"]`)).toHaveAttribute('data-state', 'busy');
  await chooseSlot(user.page, new Date(startsAt.getTime() + 60 * minuteMs));
  await expect(user.page.getByLabel('Reason (optional)')).toHaveValue('A question about my tablets');
  await user.page.getByRole('button', { name: /^Book / }).click();
  await expect(user.page.getByText('A question about my tablets')).toBeVisible();
});

test('a cancellation and its reason are seen at once by the other side', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login, { startsAt: inThreeDays() });
  await Promise.all([user, doctor].map(({ page }) => page.goto(`/appointments/${id}`)));
  await user.page.getByRole('button', { name: 'Cancel appointment' }).click();
  const dialog = user.page.getByRole('dialog');
  await dialog.getByLabel('Reason (optional)').fill('I am well again');
  await dialog.getByRole('button', { name: 'Cancel appointment' }).click();
  await expect(doctor.page.getByTestId('call-status')).toContainText(`${user.name} cancelled this appointment`);
  await expect(doctor.page.getByTestId('call-status')).toContainText('I am well again');
  await expect(user.page.getByTestId('call-status')).toContainText('You cancelled this appointment');
});

test('a day on which the clock is set forward has 23 hours', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  await backend.setTimeZone(user.login, 'Europe/Berlin');
  const { date, jump } = forwardChange();
  const startsAt = new Date(jump.getTime() + 15 * minuteMs);
  const { id } = await backend.book(user.login, doctor.login, { startsAt });
  await user.page.goto(`/doctors/${doctor.login.account.id}`);
  await user.page.getByLabel('Go to a date').fill(date);
  await expect(user.page.getByRole('note')).toContainText('23 hours');
  await user.page.getByLabel('Times before 7:00').click();
  const night = user.page.getByRole('region', { name: 'Night' });
  await expect(night.getByRole('button', { name: /^01:30/ })).toBeVisible();
  await expect(night.getByRole('button', { name: /^02:/ })).toHaveCount(0);
  await expect(night.getByRole('button', { name: /^03:15/ })).toHaveAttribute('data-state', /mine|busy/);
  await user.page.goto(`/appointments/${id}`);
  await expect(user.page.getByTestId('when')).toContainText('03:15');
});
