import { useEventListener } from '@vueuse/core';
import { computed, type ComputedRef, readonly, type Ref, ref, shallowRef } from 'vue';
import { rememberedChoice } from './remembered-choice.ts';

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

/** A device went away or came: what was lost, and what is used now. `restored`: the old one is kept after a failure. */
export type DeviceNotice = {
  kind: DeviceKind;
  reason: 'unplugged' | 'lost' | 'restored';
  lost: string;
  now: string | null;
};

export type Devices = {
  cameras: ComputedRef<MediaDeviceInfo[]>;
  microphones: ComputedRef<MediaDeviceInfo[]>;
  speakers: ComputedRef<MediaDeviceInfo[]>;
  /** The chosen ids, remembered by this browser; null: the browser's own choice. */
  camera: Readonly<Ref<string | null>>;
  microphone: Readonly<Ref<string | null>>;
  speaker: Readonly<Ref<string | null>>;
  canChooseSpeaker: boolean;
  notice: Readonly<Ref<DeviceNotice | null>>;
  choose(kind: DeviceKind, deviceId: string | null): void;
  refresh(): Promise<void>;
  tell(notice: DeviceNotice): void;
  dismissNotice(): void;
};

const inputOf = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;

/**
 * The devices of this machine and which are chosen. VueUse's useDevicesList cannot be asked again after a permission
 * was given, when alone the names become known, hence this one.
 */
export function useDevices(): Devices {
  const all = shallowRef<MediaDeviceInfo[]>([]);
  const notice = ref<DeviceNotice | null>(null);
  const chosen = {
    camera: rememberedChoice('camera'),
    microphone: rememberedChoice('microphone'),
    speaker: rememberedChoice('speaker'),
  };
  const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
  const of = (kind: DeviceKind) =>
    computed(() => all.value.filter((device) => device.kind === inputOf[kind] && device.deviceId !== ''));

  async function refresh(): Promise<void> {
    if (!navigator.mediaDevices) return;
    const before = all.value;
    all.value = await navigator.mediaDevices.enumerateDevices();
    tellLostSpeaker(before);
  }

  function tellLostSpeaker(before: MediaDeviceInfo[]): void {
    const lost = goneFrom(before, all.value, chosen.speaker.id.value, 'audiooutput');
    if (!lost) return;
    chosen.speaker.forgetForNow();
    notice.value = { kind: 'speaker', reason: 'unplugged', lost: lost.label, now: null };
  }

  if (navigator.mediaDevices) useEventListener(navigator.mediaDevices, 'devicechange', () => refresh());
  void refresh();

  return {
    cameras: of('camera'),
    microphones: of('microphone'),
    speakers: of('speaker'),
    camera: chosen.camera.id,
    microphone: chosen.microphone.id,
    speaker: chosen.speaker.id,
    canChooseSpeaker,
    notice: readonly(notice),
    choose: (kind, deviceId) => chosen[kind].remember(deviceId),
    refresh,
    tell: (news) => void (notice.value = news),
    dismissNotice: () => void (notice.value = null),
  };
}

function goneFrom(
  before: MediaDeviceInfo[],
  now: MediaDeviceInfo[],
  deviceId: string | null,
  kind: MediaDeviceKind,
): MediaDeviceInfo | undefined {
  const isIt = (device: MediaDeviceInfo): boolean => device.kind === kind && device.deviceId === deviceId;
  return deviceId === null || now.some(isIt) ? undefined : before.find(isIt);
}
