import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { describeFields } from '../../api/describe-problem.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { NewAccount } from '../../api/schema.ts';
import { useSession } from '../../api/session.ts';
import { afterLogin } from '../sessions/use-login.ts';
import { keepBrowserTimeZone } from './keep-browser-time-zone.ts';

export type NewPerson = Required<NewAccount>;

/** The state of the sign-up form: the backend judges it, and its words stand beside the fields. */
export function useSignUp(): {
  person: NewPerson;
  isBusy: Ref<boolean>;
  problem: ComputedRef<unknown>;
  errors: ComputedRef<Record<string, string>>;
  submit(): Promise<void>;
} {
  const { t } = useI18n();
  const session = useSession();
  const route = useRoute();
  const router = useRouter();
  const person = reactive<NewPerson>({
    email: '',
    password: '',
    displayName: '',
    role: 'user',
    specialty: '',
    inviteCode: '',
  });
  const isBusy = ref(false);
  const failure = ref<unknown>(null);

  const errors = computed<Record<string, string>>(() => {
    const code = failure.value instanceof ApiProblem ? failure.value.code : '';
    if (code === 'email-taken') return { email: t('problem.email-taken.title') };
    if (code === 'invite-required') return { inviteCode: t('accounts.inviteCodeWrong') };
    const refused = describeFields(failure.value, person);
    return refused['password'] ? { ...refused, password: t('accounts.passwordHelp') } : refused;
  });
  /** What stands beside a field is not said twice. */
  const problem = computed(() => (Object.keys(errors.value).length > 0 ? null : failure.value));

  async function submit(): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    failure.value = null;
    try {
      await session.signUp(newAccount(person));
      await keepBrowserTimeZone();
      await router.replace(afterLogin(route.query['next']));
    } catch (error) {
      failure.value = error;
    } finally {
      isBusy.value = false;
    }
  }
  return { person, isBusy, problem, errors, submit };
}

/** Empty optional fields are left out; only doctors have a specialty and an invite code. */
export function newAccount({ specialty, inviteCode, ...person }: NewPerson): NewAccount {
  if (person.role !== 'doctor') return person;
  return { ...person, ...(specialty && { specialty }), ...(inviteCode && { inviteCode }) };
}
