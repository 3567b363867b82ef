import { ref, watch, type Ref } from 'vue';
import { useSession } from '../../api/session.ts';
import type { Thread } from './thread.ts';

/** How many messages of the other came while one was reading further up. */
export function useNewBelow(threadOf: () => Thread, isAtEnd: Ref<boolean>): Ref<number> {
  const session = useSession();
  const count = ref(0);

  watch(threadOf, ({ items }, { items: before }) => {
    if (isAtEnd.value || before.length === 0) return;
    const last = items.findIndex((message) => message.id === before.at(-1)?.id);
    count.value += items.slice(last + 1).filter((message) => message.senderId !== session.account?.id).length;
  });
  watch(isAtEnd, (is) => is && (count.value = 0));
  return count;
}
