import { expect, it } from 'vitest';
import { joinKey } from './join-words.ts';

it('says with what one joins', () => {
  expect(joinKey({ camera: true, microphone: true }, true)).toBe('calls.lobby.joinBoth');
  expect(joinKey({ camera: false, microphone: true }, true)).toBe('calls.lobby.joinAudio');
  expect(joinKey({ camera: true, microphone: false }, true)).toBe('calls.lobby.joinVideo');
  expect(joinKey({ camera: false, microphone: false }, true)).toBe('calls.lobby.joinListening');
  expect(joinKey({ camera: true, microphone: true }, false)).toBe('calls.lobby.joinWhenOpen');
});
