import { defineConfig } from 'vitest/config';

// Needs DATABASE_URL, hence not part of `npm test`.
export default defineConfig({ test: { include: ['test/*.ts'] } });
