import { useStorage } from '@vueuse/core';
import { computed, ref } from 'vue';
import { call, useApi } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { TimeZone } from '../../../api/schema.ts';
import { useSession } from '../../../api/session.ts';
import { deviceZone, effectiveZone } from './zone-name.ts';

/** The zone that times are shown in, kept in the account so that it is the same on each device. */
export function useZone() {
  const session = useSession();
  const { client } = useApi();
  const choseUtc = useStorage<Record<string, boolean>>('duet.chose-utc', {});
  const problem = ref<ApiProblem | null>(null);
  const isSaving = ref(false);
  const device = deviceZone();

  const accountId = computed(() => session.account?.id ?? '');
  const zone = computed(() =>
    effectiveZone(session.account?.timeZone ?? 'UTC', device, choseUtc.value[accountId.value] ?? false),
  );

  /** UTC in an account is a choice only once somebody made it. */
  function remember(timeZone: string): void {
    choseUtc.value = { ...choseUtc.value, [accountId.value]: timeZone === 'UTC' };
  }

  async function choose(timeZone: TimeZone): Promise<boolean> {
    isSaving.value = true;
    problem.value = null;
    try {
      session.updateAccount(await call(client.PATCH('/v1/me', { body: { timeZone } })));
      remember(timeZone);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      return false;
    } finally {
      isSaving.value = false;
    }
  }

  return { zone, device, problem, isSaving, choose, remember };
}
