import { effectScope, shallowRef, watch, type EffectScope, type ShallowRef } from 'vue';
import type { CallSession, CallState } from '../../call/call-session.ts';

type Listener = {
  onMoved(state: Exclude<CallState, 'idle' | 'ended'>): void;
  onEnded(session: CallSession): void;
};

/** The one session of a page, and somebody who is told of its moves until it is let go of. */
export function heldSession({ onMoved, onEnded }: Listener): {
  session: Readonly<ShallowRef<CallSession | null>>;
  hold(opened: CallSession): void;
  leave(): Promise<void>;
  letGo(): void;
} {
  const session = shallowRef<CallSession | null>(null);
  let watching: EffectScope | null = null;

  function hold(opened: CallSession): void {
    session.value = opened;
    watching = effectScope(true);
    watching.run(() =>
      watch(
        opened.state,
        (state) => {
          if (state === 'ended') onEnded(opened);
          else if (state !== 'idle') onMoved(state);
        },
        { immediate: true },
      ),
    );
  }

  function stopWatching(): void {
    watching?.stop();
    watching = null;
  }

  return {
    session,
    hold,
    async leave() {
      stopWatching();
      await session.value?.leave();
    },
    letGo() {
      stopWatching();
      session.value?.dispose();
      session.value = null;
    },
  };
}
