import { useRouter } from 'vue-router';
import { useBackends } from '../../api/backends.ts';

/** Goes to another backend: first away from the page, which may refuse (a call is under way), then over. */
export function useBackendChoice(): { choose(id: string): Promise<boolean> } {
  const backends = useBackends();
  const router = useRouter();
  async function choose(id: string): Promise<boolean> {
    if (id === backends.current.id) return true;
    const refusal = await router.push({ name: 'backends' });
    if (refusal && router.currentRoute.value.name !== 'backends') return false;
    backends.select(id);
    await router.replace('/');
    return true;
  }
  return { choose };
}
