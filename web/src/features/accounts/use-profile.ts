import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { call, useApi } from '../../api/client.ts';
import { describeFields } from '../../api/describe-problem.ts';
import type { Account, TimeZone } from '../../api/schema.ts';
import { useSession } from '../../api/session.ts';
import { useNotices } from '../../shell/notices.ts';
import { useZone } from '../appointments/time/use-zone.ts';

type Draft = { displayName: string; specialty: string; timeZone: string };

/** The own account and a draft of its changes. */
export function useProfile(): {
  account: ComputedRef<Account | null>;
  draft: Draft;
  isChanged: ComputedRef<boolean>;
  isBusy: Ref<boolean>;
  problem: ComputedRef<unknown>;
  errors: ComputedRef<Record<string, string>>;
  submit(): Promise<void>;
} {
  const { t } = useI18n();
  const session = useSession();
  const { tell } = useNotices();
  const account = computed(() => session.account);
  const { zone, remember } = useZone();
  const draft = reactive<Draft>(draftOf(account.value, zone.value));
  const isBusy = ref(false);
  const failure = ref<unknown>(null);
  const changes = computed(() => changesOf(account.value, zone.value, draft));
  const isChanged = computed(() => Object.keys(changes.value).length > 0);
  const errors = computed(() => describeFields(failure.value, draft));
  const problem = computed(() => (Object.keys(errors.value).length > 0 ? null : failure.value));

  async function submit(): Promise<void> {
    if (isBusy.value || !isChanged.value) return;
    isBusy.value = true;
    failure.value = null;
    try {
      const { timeZone } = changes.value;
      session.updateAccount(await call(useApi().client.PATCH('/v1/me', { body: changes.value })));
      if (timeZone) remember(timeZone);
      Object.assign(draft, draftOf(account.value, zone.value));
      tell({ title: t('accounts.profile.saved'), tone: 'success' });
    } catch (error) {
      failure.value = error;
    } finally {
      isBusy.value = false;
    }
  }
  return { account, draft, isChanged, isBusy, problem, errors, submit };
}

/** The zone is the one that times are shown in. */
function draftOf(account: Account | null, timeZone: string): Draft {
  return {
    displayName: account?.displayName ?? '',
    specialty: account?.specialty ?? '',
    timeZone,
  };
}

/** Only what differs is sent: another device may have changed the rest. */
export function changesOf(
  account: Account | null,
  zone: string,
  draft: Draft,
): { displayName?: string; specialty?: string; timeZone?: TimeZone } {
  const before = draftOf(account, zone);
  return {
    ...(draft.displayName !== before.displayName && { displayName: draft.displayName }),
    ...(account?.role === 'doctor' && draft.specialty !== before.specialty && { specialty: draft.specialty }),
    ...(draft.timeZone !== before.timeZone && { timeZone: draft.timeZone as TimeZone }),
  };
}
