import { useFullscreen } from '@vueuse/core';
import { computed, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallSession } from '../../../call/call-session.ts';
import { usePictureInPicture } from '../../../call/media/use-picture-in-picture.ts';
import { canShareScreen } from '../../../call/media/use-screen-share.ts';
import { useUnread } from '../../messages/unread.ts';
import type { CallRoom } from '../use-call-room.ts';
import { callActions, type CallAction, type CallControlState, type CallVerbs } from './call-actions.ts';

type Stage = {
  room: CallRoom;
  session: Readonly<ShallowRef<CallSession>>;
  appointmentId: string;
  canEnd: boolean;
  video: () => HTMLVideoElement | null;
  askToEnd(): void;
};

export type StageActions = {
  actions: ComputedRef<CallAction[]>;
  showsMessages: Ref<boolean>;
  showsDevices: Ref<boolean>;
};

/** What can be done in the call, as it stands at this moment. */
export function useStageActions({ room, session, appointmentId, canEnd, video, askToEnd }: Stage): StageActions {
  const { t } = useI18n();
  const { media, choices } = room;
  const unread = useUnread();
  const pictureInPicture = usePictureInPicture(video);
  // The whole page, not the stage alone: dialogs and menus stand beside it in the document.
  const fullScreen = useFullscreen(document.documentElement, { autoExit: true });
  const showsMessages = ref(false);
  const showsDevices = ref(false);
  const isSharing = computed(() => session.value.screenStream.value !== null);

  const state = computed<CallControlState>(() => ({
    microphoneOn: media.microphoneOn.value,
    cameraOn: media.cameraOn.value,
    isStarting: media.cameraStarting.value,
    canSwitchCamera: media.canSwitchCamera.value,
    canShare: canShareScreen(),
    isSharing: isSharing.value,
    hasPictureInPicture: pictureInPicture.isSupported.value,
    hasPicture: video() !== null,
    isPictureInPicture: pictureInPicture.isActive.value,
    hasFullScreen: fullScreen.isSupported.value,
    isFullScreen: fullScreen.isFullscreen.value,
    showsMessages: showsMessages.value,
    unread: unread.countOf(appointmentId),
    canEnd,
  }));
  const verbs: CallVerbs = {
    toggleMicrophone: () => void choices.toggleMicrophone(),
    toggleCamera: () => void choices.toggleCamera(),
    switchCamera: () => void session.value.switchCamera(),
    toggleShare: () => void session.value.shareScreen(!isSharing.value),
    togglePictureInPicture: () => void pictureInPicture.toggle(),
    toggleFullScreen: () => void fullScreen.toggle(),
    toggleMessages: () => void (showsMessages.value = !showsMessages.value),
    openDevices: () => void (showsDevices.value = true),
    endForBoth: askToEnd,
  };

  return { actions: computed(() => callActions(state.value, verbs, t)), showsMessages, showsDevices };
}
