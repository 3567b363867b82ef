/** One thing that can be done in a call: a button where there is room, else an entry of the menu. */
export type CallAction = {
  id: string;
  icon: string;
  label: string;
  tone?: 'plain' | 'off' | 'active' | 'danger';
  badge?: number;
  shortcut?: string;
  disabled?: boolean;
  /** Shown as a button on a phone as well. */
  isMain?: boolean;
  run(): void;
};

export type CallControlState = {
  microphoneOn: boolean;
  cameraOn: boolean;
  isStarting: boolean;
  canSwitchCamera: boolean;
  canShare: boolean;
  isSharing: boolean;
  hasPictureInPicture: boolean;
  hasPicture: boolean;
  isPictureInPicture: boolean;
  hasFullScreen: boolean;
  isFullScreen: boolean;
  showsMessages: boolean;
  unread: number;
  canEnd: boolean;
};

export type CallVerbs = {
  toggleMicrophone(): void;
  toggleCamera(): void;
  switchCamera(): void;
  toggleShare(): void;
  togglePictureInPicture(): void;
  toggleFullScreen(): void;
  toggleMessages(): void;
  openDevices(): void;
  endForBoth(): void;
};

type Translate = (key: string, named?: Record<string, unknown>, plural?: number) => string;

export function callActions(state: CallControlState, verbs: CallVerbs, t: Translate): CallAction[] {
  return [...mediaActions(state, verbs, t), ...viewActions(state, verbs, t)];
}

function mediaActions(state: CallControlState, verbs: CallVerbs, t: Translate): CallAction[] {
  const actions: (CallAction | false)[] = [
    {
      id: 'microphone',
      icon: state.microphoneOn ? 'i-lucide-mic' : 'i-lucide-mic-off',
      label: t(state.microphoneOn ? 'calls.control.muteMicrophone' : 'calls.control.unmuteMicrophone'),
      tone: state.microphoneOn ? 'plain' : 'off',
      shortcut: 'm',
      isMain: true,
      run: verbs.toggleMicrophone,
    },
    {
      id: 'camera',
      icon: state.cameraOn ? 'i-lucide-video' : 'i-lucide-video-off',
      label: t(state.cameraOn ? 'calls.control.cameraOff' : 'calls.control.cameraOn'),
      tone: state.cameraOn ? 'plain' : 'off',
      shortcut: 'v',
      disabled: state.isStarting,
      isMain: true,
      run: verbs.toggleCamera,
    },
    state.canSwitchCamera &&
      state.cameraOn && {
        id: 'switch-camera',
        icon: 'i-lucide-switch-camera',
        label: t('calls.control.switchCamera'),
        isMain: true,
        run: verbs.switchCamera,
      },
    state.canShare && {
      id: 'share',
      icon: state.isSharing ? 'i-lucide-screen-share-off' : 'i-lucide-screen-share',
      label: t(state.isSharing ? 'calls.control.stopSharing' : 'calls.control.share'),
      tone: state.isSharing ? 'active' : 'plain',
      shortcut: 's',
      run: verbs.toggleShare,
    },
  ];
  return actions.filter((action) => action !== false);
}

function viewActions(state: CallControlState, verbs: CallVerbs, t: Translate): CallAction[] {
  const actions: (CallAction | false)[] = [
    {
      id: 'messages',
      icon: 'i-lucide-message-square',
      label: messagesLabel(state, t),
      tone: state.showsMessages ? 'active' : 'plain',
      badge: state.showsMessages ? 0 : state.unread,
      shortcut: 'c',
      isMain: true,
      run: verbs.toggleMessages,
    },
    {
      id: 'devices',
      icon: 'i-lucide-settings',
      label: t('calls.control.devices'),
      shortcut: 'd',
      run: verbs.openDevices,
    },
    state.hasPictureInPicture && {
      id: 'picture-in-picture',
      icon: 'i-lucide-picture-in-picture-2',
      label: t(state.isPictureInPicture ? 'calls.control.leavePictureInPicture' : 'calls.control.pictureInPicture'),
      shortcut: 'p',
      disabled: !state.hasPicture,
      run: verbs.togglePictureInPicture,
    },
    state.hasFullScreen && {
      id: 'full-screen',
      icon: state.isFullScreen ? 'i-lucide-minimize' : 'i-lucide-maximize',
      label: t(state.isFullScreen ? 'calls.control.leaveFullScreen' : 'calls.control.fullScreen'),
      shortcut: 'f',
      run: verbs.toggleFullScreen,
    },
    state.canEnd && {
      id: 'end',
      icon: 'i-lucide-circle-stop',
      label: t('calls.control.endForBoth'),
      run: verbs.endForBoth,
    },
  ];
  return actions.filter((action) => action !== false);
}

function messagesLabel({ showsMessages, unread }: CallControlState, t: Translate): string {
  if (showsMessages) return t('calls.control.hideMessages');
  return unread > 0 ? t('calls.control.messagesUnread', { count: unread }, unread) : t('calls.control.messages');
}
