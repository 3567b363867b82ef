import type { VitePWAOptions } from 'vite-plugin-pwa';

/** The client can be installed and opens without a network; what it shows then comes from src/shell/OfflinePage.vue. */
export const progressiveWebApp: Partial<VitePWAOptions> = {
  registerType: 'prompt',
  injectRegister: false,
  includeAssets: ['icon.svg', 'apple-touch-icon.png'],
  manifest: {
    id: '/',
    name: 'Duet',
    short_name: 'Duet',
    description: 'See your doctor, wherever you are',
    theme_color: '#0d5c75',
    background_color: '#f8fafc',
    display: 'standalone',
    start_url: '/',
    scope: '/',
    icons: [
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg,png,woff2}'],
    navigateFallback: '/index.html',
    // What the backends and the client's server answer is never taken from a cache.
    navigateFallbackDenylist: [/^\/[ab]\//, /^\/client-config\.json$/],
    cleanupOutdatedCaches: true,
  },
};
