import { tryOnScopeDispose, useIntervalFn } from '@vueuse/core';
import { type MaybeRefOrGetter, type Ref, readonly, ref, toValue, watch } from 'vue';

const everyMs = 80;
/** Quieter than this is a microphone that nobody speaks into, or that is switched off at its cable. */
const audible = 0.02;
const silentAfterMs = 5000;

/** How loud somebody speaks, from 0 to 1, and whether nothing at all was heard for five seconds. */
export function useMicrophoneLevel(stream: MaybeRefOrGetter<MediaStream | null>): {
  level: Readonly<Ref<number>>;
  isSilent: Readonly<Ref<boolean>>;
} {
  const level = ref(0);
  const isSilent = ref(false);
  let listening: { measure(): number; close(): void } | null = null;
  let silentMs = 0;

  const ticking = useIntervalFn(
    () => {
      const loudness = listening?.measure() ?? 0;
      // Falls slowly, as a needle does, so that syllables do not flicker.
      level.value = Math.max(loudness, level.value * 0.8);
      silentMs = loudness > audible ? 0 : silentMs + everyMs;
      isSilent.value = silentMs >= silentAfterMs;
    },
    everyMs,
    { immediate: false },
  );

  function stop(): void {
    ticking.pause();
    listening?.close();
    listening = null;
    level.value = 0;
    silentMs = 0;
    isSilent.value = false;
  }

  watch(
    () => toValue(stream),
    (now) => {
      stop();
      if (!now || now.getAudioTracks().length === 0) return;
      listening = listenTo(now);
      ticking.resume();
    },
    { immediate: true },
  );
  tryOnScopeDispose(stop);
  return { level: readonly(level), isSilent: readonly(isSilent) };
}

function listenTo(stream: MediaStream): { measure(): number; close(): void } {
  const context = new AudioContext();
  // Without a click before it a context begins suspended; the lobby's button has been that click.
  void context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    measure: () => {
      analyser.getFloatTimeDomainData(samples);
      return loudnessOf(samples);
    },
    close: () => void context.close(),
  };
}

/** Root mean square on a decibel scale: -60 dB is 0, -10 dB is 1. */
export function loudnessOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  if (power === 0) return 0;
  const decibels = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}
