import { defineConfig } from 'vitest/config';

/** The harness's own unit tests; the rules are run by `duet`, never from here. */
export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'report/**/*.test.ts',
      'specimen/**/*.test.ts',
      'house/**/*.test.ts',
      'twilio-emulator/**/*.test.ts',
      'bench/**/*.test.ts',
      'faults/**/*.test.ts',
      'model/**/*.test.ts',
      'mutants/**/*.test.ts',
      'other-testers/**/*.test.ts',
      'third-backend/**/*.test.ts',
    ],
    root: import.meta.dirname,
  },
});
