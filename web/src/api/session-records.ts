import { reactive } from 'vue';
import type { SessionRecord } from './session-record.ts';
import { readSession, sessionKey, writeSession } from './session-record.ts';
import { Renewals } from './renewal.ts';

export type SessionRecords = {
  recordOf(backendId: string): SessionRecord | null;
  adopt(backendId: string, next: SessionRecord | null): void;
  /** The next token of that backend; null when the person gives up. */
  waitForNext(backendId: string): Promise<string | null>;
  /** Takes over what another tab wrote. */
  onOtherTab(backendIds: () => string[], handler: (backendId: string, next: SessionRecord | null) => void): void;
};

/** The logins of this browser, one for each backend, the same in all its tabs. */
export function createSessionRecords(): SessionRecords {
  const records = reactive<Record<string, SessionRecord | null>>({});
  const renewals = new Renewals();
  const keep = (backendId: string, next: SessionRecord | null): void => {
    records[backendId] = next;
    renewals.settle(backendId, next?.token ?? null);
  };
  return {
    recordOf: (backendId) => {
      // undefined: not read yet.
      if (records[backendId] === undefined) records[backendId] = readSession(backendId);
      return records[backendId];
    },
    adopt(backendId, next) {
      writeSession(backendId, next);
      keep(backendId, next);
    },
    waitForNext: (backendId) => renewals.wait(backendId),
    onOtherTab(backendIds, handler) {
      globalThis.addEventListener?.('storage', ({ key }: StorageEvent) => {
        const backendId = backendIds().find((id) => sessionKey(id) === key);
        if (backendId === undefined) return;
        const next = readSession(backendId);
        handler(backendId, next);
        keep(backendId, next);
      });
    },
  };
}
