import { tryOnScopeDispose, useDocumentVisibility } from '@vueuse/core';
import { computed, type ComputedRef, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { type Capture, type CaptureKind, captureOrAny, permissionFor } from './capture.ts';
import { type MediaFailure, mediaFailure } from './media-failure.ts';
import { inTurns } from '../turns.ts';
import { useTrackHealth } from './use-track-health.ts';

export type LocalTrack = {
  track: Readonly<ShallowRef<MediaStreamTrack | null>>;
  stream: ComputedRef<MediaStream | null>;
  /** Asked for and not switched off; the track may be missing for a moment, during a phone call. */
  isOn: Ref<boolean>;
  /** The system holds the track back, as a phone does during a call. */
  isInterrupted: Readonly<Ref<boolean>>;
  isStarting: Ref<boolean>;
  failure: Ref<MediaFailure | null>;
  start(deviceId?: string | null): Promise<boolean>;
  stop(): void;
  /** Runs something that gives another track in place of this one, one after the other. */
  replace(change: (old: MediaStreamTrack) => Promise<MediaStreamTrack | null>): Promise<void>;
};

export type LocalTrackOptions = {
  kind: CaptureKind;
  capture: Capture;
  preferred: () => string | null;
  /** A new track was opened, by name of its device. */
  onOpened(track: MediaStreamTrack): void;
  /** The device went away: what it was called, and the track that took its place. */
  onLost(label: string, now: MediaStreamTrack | null): void;
};

/** One track, of the camera or the microphone: off until asked for, alive again after the system took it away. */
export function useLocalTrack(options: LocalTrackOptions): LocalTrack {
  const holder = new TrackHolder(options);
  const { track, isOn } = holder;
  const visibility = useDocumentVisibility();
  const isVisible = computed(() => visibility.value === 'visible');
  const revive = (): Promise<void> => holder.revive();
  const { isInterrupted } = useTrackHealth(track, { isVisible, revive });
  // A track that could not be opened again in the background is tried once more in front.
  watch(isVisible, (now) => now && isOn.value && !track.value && revive());
  tryOnScopeDispose(() => holder.stop());
  return {
    track,
    stream: computed(() => (track.value ? new MediaStream([track.value]) : null)),
    isOn,
    isInterrupted,
    isStarting: holder.isStarting,
    failure: holder.failure,
    start: (deviceId) => holder.start(deviceId),
    stop: () => holder.stop(),
    replace: (change) => holder.replace(change),
  };
}

class TrackHolder {
  readonly track = shallowRef<MediaStreamTrack | null>(null);
  readonly isOn = ref(false);
  readonly isStarting = ref(false);
  readonly failure = ref<MediaFailure | null>(null);
  readonly #options: LocalTrackOptions;
  /** Two getUserMedia at once get in each other's way. */
  readonly #turns = inTurns();

  constructor(options: LocalTrackOptions) {
    this.#options = options;
  }

  async start(deviceId: string | null = this.#options.preferred()): Promise<boolean> {
    this.isOn.value = true;
    await this.#turns(async () => {
      if (this.isOn.value && this.track.value?.readyState !== 'live') await this.#open(deviceId);
    });
    return this.isOn.value;
  }

  stop(): void {
    this.isOn.value = false;
    this.#put(null);
  }

  replace(change: (old: MediaStreamTrack) => Promise<MediaStreamTrack | null>): Promise<void> {
    return this.#turns(async () => {
      if (!this.track.value) return;
      this.#take(await change(this.track.value));
    });
  }

  revive(): Promise<void> {
    return this.#turns(async () => {
      const old = this.track.value;
      if (!this.isOn.value || (old?.readyState === 'live' && !old.muted)) return;
      const { deviceId } = old?.getSettings() ?? {};
      this.#put(null);
      await this.#open(deviceId ?? this.#options.preferred());
      const now = this.track.value;
      if (old && (!now || now.getSettings().deviceId !== deviceId)) this.#options.onLost(old.label, now);
    });
  }

  async #open(deviceId: string | null): Promise<void> {
    const { kind, capture } = this.#options;
    this.isStarting.value = true;
    try {
      this.#take(await captureOrAny(capture, deviceId));
      this.failure.value = null;
    } catch (error) {
      this.#take(null);
      this.failure.value = mediaFailure(error, kind, await permissionFor(kind));
    } finally {
      this.isStarting.value = false;
    }
  }

  /** Off again while the browser was asking: the new track is not wanted any more. */
  #take(next: MediaStreamTrack | null): void {
    if (this.isOn.value) this.#put(next);
    else next?.stop();
    if (!next) this.isOn.value = false;
  }

  #put(next: MediaStreamTrack | null): void {
    if (this.track.value !== next) this.track.value?.stop();
    this.track.value = next;
    if (next) this.#options.onOpened(next);
  }
}
