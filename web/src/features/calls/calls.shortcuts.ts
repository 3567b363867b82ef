/** The keys of a call, for the help page; they work while one is in it. */
export const pageShortcuts = {
  group: 'calls.shortcut.group',
  keys: {
    m: 'calls.shortcut.microphone',
    v: 'calls.shortcut.camera',
    s: 'calls.shortcut.share',
    c: 'calls.shortcut.messages',
    d: 'calls.shortcut.devices',
    p: 'calls.shortcut.pictureInPicture',
    f: 'calls.shortcut.fullScreen',
    L: 'calls.shortcut.leave',
    '?': 'calls.shortcut.help',
  },
};
