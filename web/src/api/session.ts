import { defineStore } from 'pinia';
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { absoluteUrl, useBackends } from './backends.ts';
import { call, createApiClient } from './plain-client.ts';
import type { Account, NewAccount } from './schema.ts';
import type { EndedBy } from './logout.ts';
import { createSessionEnding, type Extent, type SessionEnding } from './session-ending.ts';
import type { SessionRecord } from './session-record.ts';
import { createSessionRecords, type SessionRecords } from './session-records.ts';

export { onLogout } from './logout.ts';
export type SessionState = 'none' | 'active' | 'expired';
type Credentials = { email: string; password: string };
type Parts = { records: SessionRecords; ending: SessionEnding; endedElsewhere: Ref<boolean> };

/** One login for each backend, shared by the tabs of the browser. */
export const useSession = defineStore('session', () => {
  const backends = useBackends();
  const records = createSessionRecords();
  const ending = createSessionEnding();
  /** Set when a session ended that nobody here ended: the login page says so. */
  const endedElsewhere = ref(false);
  const parts: Parts = { records, ending, endedElsewhere };

  const record = computed(() => records.recordOf(backends.current.id));
  const account = computed<Account | null>(() => record.value?.account ?? null);
  const token = computed(() => record.value?.token ?? null);
  const { state, renew } = useRenewal(parts, record);

  ending.onOtherTab((backendId) => follow(backendId, 'here'));
  records.onOtherTab(
    () => backends.backends.map(({ id }) => id),
    // A tab in which somebody logs out says so first.
    (backendId, next) => next === null && follow(backendId, 'elsewhere'),
  );
  function follow(backendId: string, by: EndedBy): void {
    if (backendId !== backends.current.id) return;
    const isNews = ending.follow(records.recordOf(backendId), by);
    if (isNews && by === 'elsewhere') endedElsewhere.value = true;
  }

  function updateAccount(next: Account): void {
    if (record.value) records.adopt(backends.current.id, { ...record.value, account: next });
  }

  const { recordOf } = records;
  const facts = { account, token, record, state, endedElsewhere };
  return { ...facts, recordOf, renew, updateAccount, ...loginVerbs(parts), ...logoutVerbs(parts, record) };
});

function useRenewal(
  { records }: Parts,
  record: ComputedRef<SessionRecord | null>,
): { state: ComputedRef<SessionState>; renew(backendId: string, refused: string): Promise<string | null> } {
  const refusedTokens = shallowRef<ReadonlySet<string>>(new Set());
  const state = computed<SessionState>(() => {
    if (!record.value) return 'none';
    return refusedTokens.value.has(record.value.token) ? 'expired' : 'active';
  });

  /** A token was refused or is over: resolves with its successor once the person has logged in again. */
  function renew(backendId: string, refused: string): Promise<string | null> {
    const known = records.recordOf(backendId);
    if (!known) return Promise.resolve(null);
    if (known.token !== refused) return Promise.resolve(known.token);
    refusedTokens.value = new Set([...refusedTokens.value, refused]);
    return records.waitForNext(backendId);
  }
  return { state, renew };
}

type LoginVerbs = {
  login(credentials: Credentials): Promise<void>;
  /** Creates the account and logs in. */
  signUp(person: NewAccount): Promise<void>;
  /** The same person again, after the session expired. */
  resume(password: string): Promise<void>;
};

function loginVerbs({ records, endedElsewhere }: Parts): LoginVerbs {
  const backends = useBackends();
  async function login(credentials: Credentials): Promise<void> {
    const { id, url } = backends.current;
    const session = await call(createApiClient(absoluteUrl(url)).POST('/v1/sessions', { body: credentials }));
    endedElsewhere.value = false;
    records.adopt(id, session);
  }
  return {
    login,
    async signUp(person) {
      await call(createApiClient(absoluteUrl(backends.current.url)).POST('/v1/accounts', { body: person }));
      await login({ email: person.email, password: person.password });
    },
    async resume(password) {
      const known = records.recordOf(backends.current.id);
      if (known) await login({ email: known.account.email, password });
    },
  };
}

type LogoutVerbs = {
  /** The session is forgotten here even when the backend cannot be told. */
  logout(): Promise<void>;
  /** @throws ApiProblem when the backend could not be told: then only the calls here have ended. */
  logoutEverywhere(): Promise<void>;
  /** Without telling the backend: the session is over anyway. */
  forget(): void;
  /** The event stream told of ended sessions. */
  tellRevoked(backendId: string, sessionIds: readonly string[]): void;
};

function logoutVerbs(
  { records, ending, endedElsewhere }: Parts,
  record: ComputedRef<SessionRecord | null>,
): LogoutVerbs {
  const backends = useBackends();
  async function leave(extent: Extent): Promise<void> {
    const backend = backends.current;
    if (!record.value) return;
    try {
      await ending.revoke(backend, record.value, extent);
    } catch (error) {
      if (extent === 'everywhere') throw error;
    }
    records.adopt(backend.id, null);
  }
  return {
    logout: () => leave('here'),
    logoutEverywhere: () => leave('everywhere'),
    forget() {
      if (record.value) ending.forget(backends.current, record.value);
      records.adopt(backends.current.id, null);
    },
    tellRevoked(backendId, sessionIds) {
      const mine = records.recordOf(backendId);
      if (!mine || !sessionIds.includes(mine.id)) return;
      endedElsewhere.value = ending.follow(mine, 'elsewhere');
      records.adopt(backendId, null);
    },
  };
}
