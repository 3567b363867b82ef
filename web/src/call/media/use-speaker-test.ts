import { tryOnScopeDispose } from '@vueuse/core';
import { readonly, type Ref, ref } from 'vue';
import { type MediaFailure, mediaFailure } from './media-failure.ts';
import { sendTo } from './speaker.ts';

/** Three notes of a chord, one after the other, in hertz: unlike any sound of a machine. */
const notes = [523.25, 659.25, 783.99];
const noteSeconds = 0.35;

/** Plays a short melody on a speaker. It is made here: nothing is fetched. */
export function useSpeakerTest(): {
  isPlaying: Readonly<Ref<boolean>>;
  failure: Readonly<Ref<MediaFailure | null>>;
  play(deviceId?: string | null): Promise<void>;
  stop(): void;
} {
  const isPlaying = ref(false);
  const failure = ref<MediaFailure | null>(null);
  let ending: (() => void) | null = null;

  function stop(): void {
    ending?.();
    ending = null;
    isPlaying.value = false;
  }

  async function play(deviceId: string | null = null): Promise<void> {
    stop();
    failure.value = null;
    isPlaying.value = true;
    const context = new AudioContext();
    const element = new Audio();
    ending = () => {
      element.srcObject = null;
      void context.close();
    };
    try {
      element.srcObject = melodyIn(context, () => ending && stop());
      await sendTo(element, deviceId);
      await context.resume();
      await element.play();
    } catch (error) {
      stop();
      failure.value = mediaFailure(error, 'speaker');
    }
  }

  tryOnScopeDispose(stop);
  return { isPlaying: readonly(isPlaying), failure: readonly(failure), play, stop };
}

/** A stream and not the context's own output, since only an element can be sent to a chosen speaker everywhere. */
function melodyIn(context: AudioContext, onEnded: () => void): MediaStream {
  const output = context.createMediaStreamDestination();
  for (const [index, frequency] of notes.entries()) {
    const begins = context.currentTime + 0.1 + index * noteSeconds;
    const loudness = context.createGain();
    loudness.gain.setValueAtTime(0, begins);
    loudness.gain.linearRampToValueAtTime(0.25, begins + 0.02);
    loudness.gain.linearRampToValueAtTime(0, begins + noteSeconds);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(loudness).connect(output);
    tone.start(begins);
    tone.stop(begins + noteSeconds);
    if (index === notes.length - 1) tone.addEventListener('ended', onEnded);
  }
  return output.stream;
}
