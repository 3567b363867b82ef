import { describe, expect, it } from 'vitest';
import { callActions, type CallControlState, type CallVerbs } from './call-actions.ts';

const nothing = () => undefined;
const verbs: CallVerbs = {
  toggleMicrophone: nothing,
  toggleCamera: nothing,
  switchCamera: nothing,
  toggleShare: nothing,
  togglePictureInPicture: nothing,
  toggleFullScreen: nothing,
  toggleMessages: nothing,
  openDevices: nothing,
  endForBoth: nothing,
};
const plain: CallControlState = {
  microphoneOn: true,
  cameraOn: true,
  isStarting: false,
  canSwitchCamera: false,
  canShare: false,
  isSharing: false,
  hasPictureInPicture: false,
  hasPicture: false,
  isPictureInPicture: false,
  hasFullScreen: false,
  isFullScreen: false,
  showsMessages: false,
  unread: 0,
  canEnd: false,
};
const actionsOf = (state: Partial<CallControlState>) => callActions({ ...plain, ...state }, verbs, (key) => key);
const idsOf = (state: Partial<CallControlState>) => actionsOf(state).map((action) => action.id);

describe('what can be done in a call', () => {
  it('is only what this device, browser and role can do', () => {
    expect(idsOf({})).toEqual(['microphone', 'camera', 'messages', 'devices']);
    expect(idsOf({ canEnd: true, canShare: true, hasFullScreen: true, hasPictureInPicture: true })).toEqual([
      'microphone',
      'camera',
      'share',
      'messages',
      'devices',
      'picture-in-picture',
      'full-screen',
      'end',
    ]);
  });

  it('includes the other camera while one is on', () => {
    expect(idsOf({ canSwitchCamera: true })).toContain('switch-camera');
    expect(idsOf({ canSwitchCamera: true, cameraOn: false })).not.toContain('switch-camera');
  });

  it('fits a phone with at most four buttons beside the menu and leaving', () => {
    const main = actionsOf({ canSwitchCamera: true, canShare: true, hasFullScreen: true, canEnd: true });
    expect(main.filter((action) => action.isMain)).toHaveLength(4);
  });

  it('counts unread messages only while they are hidden', () => {
    const messages = (state: Partial<CallControlState>) => actionsOf(state).find(({ id }) => id === 'messages');
    expect(messages({ unread: 3 })).toMatchObject({ badge: 3, label: 'calls.control.messagesUnread' });
    expect(messages({ unread: 3, showsMessages: true })).toMatchObject({ badge: 0, tone: 'active' });
  });

  it('gives no key twice', () => {
    const keys = actionsOf({ canShare: true, hasFullScreen: true, hasPictureInPicture: true, canEnd: true }).flatMap(
      ({ shortcut }) => shortcut ?? [],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
