/** Where the SDK of the twilio provider connects to; Twilio's own list. */
const twilio = ['wss://global.vss.twilio.com', 'wss://sdkgw.us1.twilio.com'];

export type Openness = {
  /** Served over HTTPS. */
  isSecure: boolean;
  /** Further servers that a person may add by URL: any. */
  otherBackends: boolean;
};

/** The headers of every page: nothing is fetched from elsewhere, nobody frames it, and only it gets camera and microphone. */
export function securityHeaders({ isSecure, otherBackends }: Openness): Record<string, string> {
  const elsewhere = otherBackends ? ['https:', ...(isSecure ? [] : ['http:'])] : [];
  const policy = {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    // The component library writes its colours into a style element.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'connect-src': ["'self'", ...twilio, ...elsewhere],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, values]) => [name, ...values].join(' '))
      .join('; '),
    'Permissions-Policy':
      'camera=(self), microphone=(self), display-capture=(self), screen-wake-lock=(self), picture-in-picture=(self), speaker-selection=(self), autoplay=(self), geolocation=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
