import { ref, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallSession } from '../../call/call-session.ts';
import type { LocalMedia } from '../../call/media/use-local-media.ts';
import { isInCall, type CallFlow } from './call-flow.ts';

type Heard = {
  flow: Readonly<ShallowRef<CallFlow>>;
  session: Readonly<ShallowRef<CallSession | null>>;
  media: LocalMedia;
  name: Ref<string>;
};

const said = ['connecting', 'waiting', 'connected', 'reconnecting', 'ended'] as const;

/** What changes without a word on the screen that a screen reader would read: one sentence at a time. */
export function useAnnouncements({ flow, session, media, name }: Heard): Ref<string> {
  const { t } = useI18n();
  const announcement = ref('');
  const say = (key: string) => void (announcement.value = t(`calls.announce.${key}`, { name: name.value }));

  watch(
    () => flow.value.phase,
    (phase) => {
      if (said.some((other) => other === phase)) say(phase);
    },
  );
  watch(media.microphoneOn, (on) => isInCall(flow.value) && say(on ? 'microphoneOn' : 'microphoneOff'));
  watch(media.cameraOn, (on) => isInCall(flow.value) && say(on ? 'cameraOn' : 'cameraOff'));
  watch(
    () => session.value?.remote.value,
    (now, before) => {
      if (!now?.present || !before?.present || flow.value.phase !== 'connected') return;
      if (now.audio !== before.audio) say(now.audio ? 'otherUnmuted' : 'otherMuted');
      if (now.video !== before.video) say(now.video ? 'otherCameraOn' : 'otherCameraOff');
    },
  );
  return announcement;
}
