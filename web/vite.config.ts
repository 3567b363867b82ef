import vue from '@vitejs/plugin-vue';
import ui from '@nuxt/ui/vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { progressiveWebApp } from './vite.pwa.ts';
import { componentTheme } from './vite.theme.ts';
import { twilioWithoutEval } from './vite.twilio.ts';

/** Where `npm start` listens: the development server forwards what only it can answer. */
const clientServer = process.env['DUET_CLIENT_SERVER'] ?? 'http://127.0.0.1:4000';
/** Or straight to a replica of each, as `npm run up` starts them: DUET_A=http://127.0.0.1:4001 DUET_B=… */
const replicas = { a: process.env['DUET_A'], b: process.env['DUET_B'] };

function forward(id: 'a' | 'b'): { target: string; rewrite?: (path: string) => string } {
  const target = replicas[id];
  return target ? { target, rewrite: (path) => path.slice(`/${id}`.length) } : { target: clientServer };
}

/**
 * What every page needs is one file: thirty take their time through a service worker and six connections. Without the
 * entry, which waits for its configuration and language: what is imported meanwhile would wait for it.
 */
const shell = { name: 'shell', tags: ['$initial' as const], test: (id: string) => !/main\.ts$|index\.html$/.test(id) };

export default defineConfig({
  plugins: [
    vue(),
    ui({
      ui: componentTheme,
      // Imports are explicit; icons come out of the package at build time, never from a network API.
      autoImport: false,
      components: false,
      colorMode: false,
      icon: {
        clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'], globExclude: ['**/*.test.ts'] }, sizeLimitKb: 128 },
      },
    }),
    twilioWithoutEval,
    VitePWA(progressiveWebApp),
  ],
  define: {
    // Composition API alone: smaller.
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [shell] } } },
  },
  server: {
    port: 5173,
    proxy: {
      '/a/': forward('a'),
      '/b/': forward('b'),
      '/client-config.json': { target: clientServer },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'size/**/*.test.ts', 'native/*.test.ts'],
    environment: 'node',
    isolate: false,
    unstubGlobals: true,
  },
});
