import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../api/problem.ts';

/** The refusals that have more to say here than elsewhere: title and way on; null for all others. */
export function useBookingRefusal(problem: Ref<ApiProblem | null>, isGone: Ref<boolean>) {
  const { t } = useI18n();
  return computed(() => {
    const code = problem.value?.code;
    if (isGone.value || code === 'slot-taken')
      return { title: t('doctors.booking.taken.title'), text: t('doctors.booking.taken.text') };
    if (code === 'invalid-start')
      return { title: t('doctors.booking.past.title'), text: t('doctors.booking.past.text') };
    return null;
  });
}
