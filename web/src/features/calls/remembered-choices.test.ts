import { expect, it } from 'vitest';
import { forgetChoices, recallChoices, rememberChoices } from './remembered-choices.ts';

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: () => null,
    length: 0,
  };
}

it('brings back each choice of one call on one backend', () => {
  const storage = memory();
  const choices = { isInCall: true, microphone: false, camera: true, provider: 'twilio' } as const;
  rememberChoices(storage, 'a', 'one', choices);
  expect(recallChoices(storage, 'a', 'one')).toEqual(choices);
  expect(recallChoices(storage, 'b', 'one')).toBeNull();
  forgetChoices(storage, 'a', 'one');
  expect(recallChoices(storage, 'a', 'one')).toBeNull();
});

it('takes no word for a provider that it does not know', () => {
  const storage = memory();
  storage.setItem('duet.call.a.one', '1,1,0');
  expect(recallChoices(storage, 'a', 'one')).toEqual({
    isInCall: true,
    microphone: true,
    camera: false,
    provider: null,
  });
});
