import { defineConfig } from '@playwright/test';
import type { Settings } from './fixtures.ts';
import { wantedProviders } from './stack/stack.ts';

/** Stories in real browsers against `duet start`. One at a time, since a call needs two browsers; never a second try. */
export default defineConfig<Settings>({
  testDir: import.meta.dirname,
  testMatch: process.env['DUET_E2E_PICTURES'] ? 'screenshots/*.shots.ts' : '**/*.test.ts',
  outputDir: '../../report/e2e',
  globalSetup: './global-setup.ts',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../../report/e2e/results.json' }]],
  use: { screenshot: 'only-on-failure', actionTimeout: 30_000, navigationTimeout: 30_000 },
  projects: wantedProviders().map((provider) => ({
    name: provider,
    use: { provider },
    // What has nothing to do with the provider is told once.
    ...(provider === 'twilio' && { testMatch: 'stories/consultation.test.ts' }),
  })),
});
