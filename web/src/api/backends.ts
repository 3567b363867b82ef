import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { askMeta, backendUrl, BackendRefused, type BackendRefusal } from './backend-check.ts';
import { clientConfig, type Backend } from './client-config.ts';
import type { Meta } from './schema.ts';
import { readStored, writeStored } from './stored.ts';

export type { Backend } from './client-config.ts';
export type Health = {
  state: 'up' | 'down' | 'checking';
  milliseconds: number | null;
  meta: Meta | null;
  refusal: BackendRefusal | null;
};

const ownKey = 'duet.own-backends';
const currentKey = 'duet.backend';

/** The backends this client can talk to. Each tab has its own current one; a new tab begins with the last chosen. */
export const useBackends = defineStore('backends', () => {
  const given = clientConfig().backends;
  const own = ref<Backend[]>(readStored<Backend[]>(localStorage, ownKey) ?? []);
  const backends = computed(() => [...given, ...own.value]);
  const remembered = sessionStorage.getItem(currentKey) ?? localStorage.getItem(currentKey);
  const currentId = ref(remembered);
  const current = computed(() => {
    const [first] = backends.value;
    if (!first) throw new Error('client-config.json names no backend');
    return backends.value.find(({ id }) => id === currentId.value) ?? first;
  });
  const health = reactive<Record<string, Health>>({});

  function select(id: string): void {
    if (!backends.value.some((backend) => backend.id === id)) return;
    currentId.value = id;
    sessionStorage.setItem(currentKey, id);
    localStorage.setItem(currentKey, id);
  }

  /** @throws BackendRefused */
  async function add(text: string): Promise<Backend> {
    const url = backendUrl(text, new URL(location.href));
    if (backends.value.some((known) => absoluteUrl(known.url) === url)) throw new BackendRefused('known');
    const { meta, milliseconds } = await askMeta(url);
    const backend = { id: `own-${crypto.randomUUID().slice(0, 8)}`, name: new URL(url).host, url };
    own.value = [...own.value, backend];
    writeStored(localStorage, ownKey, own.value);
    health[backend.id] = { state: 'up', milliseconds, meta, refusal: null };
    return backend;
  }

  function remove(id: string): void {
    own.value = own.value.filter((backend) => backend.id !== id);
    writeStored(localStorage, ownKey, own.value);
    writeStored(localStorage, `duet.session.${id}`, undefined);
    delete health[id];
  }

  async function check(backend: Backend): Promise<void> {
    const before = health[backend.id];
    health[backend.id] ??= { state: 'checking', milliseconds: null, meta: null, refusal: null };
    try {
      const { meta, milliseconds } = await askMeta(absoluteUrl(backend.url));
      health[backend.id] = { state: 'up', milliseconds, meta, refusal: null };
    } catch (error) {
      const refusal = error instanceof BackendRefused ? error.reason : 'unreachable';
      health[backend.id] = { state: 'down', milliseconds: null, meta: before?.meta ?? null, refusal };
    }
  }

  async function checkAll(): Promise<void> {
    await Promise.all(backends.value.map(check));
  }

  return { backends, current, health, select, add, remove, checkAll };
});

/** A backend's address; those behind the server of this client are paths of its origin. */
export function absoluteUrl(url: string): string {
  return new URL(url, location.origin).href.replace(/\/+$/, '');
}
