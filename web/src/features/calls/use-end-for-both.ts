import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { ApiProblem } from '../../api/problem.ts';
import type { Appointment } from '../appointments/appointment.ts';

export type EndForBoth = {
  isOpen: Ref<boolean>;
  isWorking: Ref<boolean>;
  failure: Ref<string | null>;
  ask(): void;
  confirm(): Promise<void>;
};

/** The doctor's end of a call, which asks first and says so when it did not succeed. */
export function useEndForBoth(end: () => Promise<Appointment>, onEnded: () => void): EndForBoth {
  const { t } = useI18n();
  const isOpen = ref(false);
  const isWorking = ref(false);
  const failure = ref<string | null>(null);

  async function confirm(): Promise<void> {
    isWorking.value = true;
    failure.value = null;
    try {
      await end();
      isOpen.value = false;
      onEnded();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      failure.value = t('calls.end.failed');
    } finally {
      isWorking.value = false;
    }
  }

  function ask() {
    failure.value = null;
    isOpen.value = true;
  }

  return { isOpen, isWorking, failure, ask, confirm };
}
