import { refDebounced } from '@vueuse/core';
import { ref, shallowRef, watch, type Ref } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Profile } from '../../api/schema.ts';
import { emptyList, withPage, type CursorList } from '../appointments/cursor-list.ts';

export type Doctor = Profile;

const longestQuery = 100;
const pageSize = 24;

/** At most 100 code points; what is white space alone asks for everybody. */
export function queryOf(typed: string): string | null {
  const q = [...typed].slice(0, longestQuery).join('');
  return /\P{White_Space}/u.test(q) ? q : null;
}

/** The directory, found by a part of the name or the specialty, page by page. */
export function useDoctors(typed: Ref<string>) {
  const { client } = useApi();
  const list = shallowRef<CursorList<Doctor>>(emptyList());
  const state = ref<'loading' | 'ready' | 'failed'>('loading');
  const isLoadingMore = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  const settled = refDebounced(typed, 250);
  let turn = 0;

  async function read(cursor: string | null, base: CursorList<Doctor>): Promise<void> {
    const mine = turn;
    const q = queryOf(settled.value);
    const query = { limit: pageSize, ...(q && { q }), ...(cursor && { cursor }) };
    try {
      const page = await call(client.GET('/v1/doctors', { params: { query } }));
      if (mine !== turn) return;
      list.value = withPage(base, page);
      state.value = 'ready';
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine !== turn) return;
      problem.value = error;
      if (state.value === 'loading') state.value = 'failed';
    }
  }

  async function load(): Promise<void> {
    turn += 1;
    // Cards on show stay until the answer is here: one that is taken away between press and release loses its click.
    if (!list.value.items.length) state.value = 'loading';
    await read(null, emptyList());
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || !list.value.nextCursor) return;
    isLoadingMore.value = true;
    await read(list.value.nextCursor, list.value);
    isLoadingMore.value = false;
  }

  watch(settled, () => void load());
  void load();
  return { list, state, problem, isLoadingMore, load, loadMore };
}
