import { defineConfig } from 'vitest/config';

/** Calls between two real browsers: `npm run test:call`. One file at a time, since video is heavy. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.story.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    bail: process.env['CI'] ? 1 : 0,
  },
});
