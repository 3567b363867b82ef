import type { CapacitorConfig } from '@capacitor/cli';

/** iOS and Android apps around the same build. Their native projects are made anew by `npm run native -w web`. */
const config: CapacitorConfig = {
  appId: 'example.duet.app',
  appName: 'Duet',
  webDir: 'dist',
  android: { path: 'native/dist/android' },
  ios: { path: 'native/dist/ios', contentInset: 'never' },
  // The app's own origin: https, since a camera wants a secure context.
  server: { androidScheme: 'https', iosScheme: 'https' },
};

export default config;
