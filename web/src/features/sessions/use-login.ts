import { ref, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { DemoAccount } from '../../api/client-config.ts';
import { useSession } from '../../api/session.ts';

/** The state of the login form. */
export function useLogin(): {
  email: Ref<string>;
  password: Ref<string>;
  isBusy: Ref<boolean>;
  problem: Ref<unknown>;
  submit(): Promise<void>;
  useDemo(account: DemoAccount): Promise<void>;
} {
  const session = useSession();
  const route = useRoute();
  const router = useRouter();
  const email = ref('');
  const password = ref('');
  const isBusy = ref(false);
  const problem = ref<unknown>(null);

  async function submit(): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    try {
      await session.login({ email: email.value, password: password.value });
      await router.replace(afterLogin(route.query['next']));
    } catch (error) {
      problem.value = error;
    } finally {
      isBusy.value = false;
    }
  }

  async function useDemo(account: DemoAccount): Promise<void> {
    email.value = account.email;
    password.value = account.password;
    await submit();
  }

  return { email, password, isBusy, problem, submit, useDemo };
}

/** Only places of this client: what a link names could lead anywhere. */
export function afterLogin(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}
