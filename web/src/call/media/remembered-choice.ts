import { computed, type ComputedRef, ref } from 'vue';

export type RememberedChoice = {
  id: ComputedRef<string | null>;
  remember(id: string | null): void;
  /** The browser's own choice until the page is loaded anew: the device may be plugged in again tomorrow. */
  forgetForNow(): void;
};

/** A choice of a device that this browser keeps; without storage it lasts as long as the page. */
export function rememberedChoice(name: string, storage: Storage | null = storageHere()): RememberedChoice {
  const key = `duet.device.${name}`;
  const kept = ref(storage?.getItem(key) ?? null);
  return {
    id: computed(() => kept.value),
    remember: (id) => {
      kept.value = id;
      if (id === null) storage?.removeItem(key);
      else storage?.setItem(key, id);
    },
    forgetForNow: () => void (kept.value = null),
  };
}

/** Reading localStorage itself throws where a browser forbids it. */
function storageHere(): Storage | null {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
