import { onScopeDispose, ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { onEvent } from '../../api/events.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { isSignDue, typingLeft } from './typing.ts';

/** Who types on the other side, and the sign that one types on this side. */
export function useTyping(appointmentId: string) {
  const session = useSession();
  const { client } = useApi();
  const isOtherTyping = ref(false);
  let fading: ReturnType<typeof setTimeout> | undefined;
  let lastSignAt: number | null = null;

  function showFor(milliseconds: number): void {
    clearTimeout(fading);
    isOtherTyping.value = milliseconds > 0;
    if (milliseconds > 0) fading = setTimeout(() => showFor(0), milliseconds);
  }

  async function sendSign(): Promise<void> {
    try {
      const params = { path: { appointmentId } };
      await call(client.PUT('/v1/appointments/{appointmentId}/messages/typing', { params }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error; // a sign that is lost is worth no message
    }
  }

  function typed(): void {
    if (!navigator.onLine || !isSignDue(lastSignAt, Date.now())) return;
    lastSignAt = Date.now();
    void sendSign();
  }

  function sent(): void {
    lastSignAt = null;
  }

  onEvent('message.typing', (event) => {
    if (event.data.appointmentId !== appointmentId) return;
    if (event.data.accountId !== session.account?.id) showFor(typingLeft(event.data.at, Date.now()));
  });
  onEvent('message.created', (event) => {
    const { message } = event.data;
    if (message.appointmentId === appointmentId && message.senderId !== session.account?.id) showFor(0);
  });
  onScopeDispose(() => clearTimeout(fading));
  return { isOtherTyping, typed, sent };
}
