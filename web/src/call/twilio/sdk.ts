import type * as Video from 'twilio-video';

export type Sdk = typeof Video;

/** The SDK, loaded when a call needs it and not before. It is CommonJS: bundlers give it as the default. */
export async function loadSdk(): Promise<Sdk> {
  const loaded: Sdk & { default?: Sdk } = await import('twilio-video');
  return loaded.default ?? loaded;
}
