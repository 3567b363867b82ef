import { expect } from '@playwright/test';
import type { Person } from '../people/person.ts';

/** What people do before a call, by mouse and keyboard. */
export async function signUp({ page, account }: Person): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('Name').fill(account.displayName);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('heading', { name: 'Appointments', level: 1 })).toBeVisible();
}

export async function logIn({ page, account }: Person): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Appointments', level: 1 })).toBeVisible();
}

export async function findDoctor({ page }: Person, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Doctors' }).click();
  await page.getByRole('searchbox').fill(name);
  await expect(page.getByRole('status').filter({ hasText: '1 doctor found' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

export async function bookNextFreeTime({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Next free time' }).click();
  await page.getByRole('button', { name: /^Book / }).click();
  await page.waitForURL(/\/appointments\/[0-9a-f-]{36}$/);
}
