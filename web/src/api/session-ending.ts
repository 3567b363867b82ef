import { absoluteUrl, type Backend } from './backends.ts';
import { announceEnding, isEnding, runLogoutHandlers, type EndedBy } from './logout.ts';
import { call, createApiClient } from './plain-client.ts';
import type { SessionRecord } from './session-record.ts';

export type Extent = 'here' | 'everywhere';
export type SessionEnding = {
  /** Ends calls in all tabs, then the session at the backend. @throws ApiProblem */
  revoke(backend: Backend, session: SessionRecord, extent: Extent): Promise<void>;
  /** The session is over anyway: all tabs are told. */
  forget(backend: Backend, session: SessionRecord): void;
  /** The session ended without this tab: its handlers run, once for each session. False: that was known. */
  follow(session: SessionRecord | null, by: EndedBy): boolean;
  onOtherTab(handler: (backendId: string) => void): void;
};

/** How sessions end: tabs are told first, so that calls can say goodbye while the token still works. */
export function createSessionEnding(): SessionEnding {
  const channel = new BroadcastChannel('duet.session');
  const ended = new Set<string>();
  return {
    async revoke(backend, session, extent) {
      ended.add(session.id);
      await announceEnding(channel, { backendId: backend.id, sessionId: session.id });
      const client = createApiClient(absoluteUrl(backend.url));
      const headers = { Authorization: `Bearer ${session.token}` };
      if (extent === 'here') await call(client.DELETE('/v1/sessions/current', { headers }));
      else await call(client.DELETE('/v1/sessions', { headers }));
    },
    forget(backend, session) {
      ended.add(session.id);
      void announceEnding(channel, { backendId: backend.id, sessionId: session.id });
    },
    follow(session, by) {
      if (!session || ended.has(session.id)) return false;
      ended.add(session.id);
      void runLogoutHandlers(by);
      return true;
    },
    onOtherTab(handler) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isEnding(data)) handler(data.backendId);
      });
    },
  };
}
