import { computed, ref, shallowRef } from 'vue';
import { call, useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Doctor } from './use-doctors.ts';

export function useDoctor(doctorId: string) {
  const { client } = useApi();
  const doctor = shallowRef<Doctor | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const isLoading = ref(true);
  const isMissing = computed(() => problem.value?.code === 'not-found' || problem.value?.code === 'validation-failed');

  async function load(): Promise<void> {
    isLoading.value = true;
    try {
      doctor.value = await call(client.GET('/v1/doctors/{doctorId}', { params: { path: { doctorId } } }));
      problem.value = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    }
    isLoading.value = false;
  }

  void load();
  return { doctor, problem, isLoading, isMissing, load };
}
