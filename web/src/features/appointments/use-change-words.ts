import { useI18n } from 'vue-i18n';
import type { Appointment } from './appointment.ts';
import type { Change } from './changes.ts';
import { useTimeText } from './time/use-time-text.ts';

/** Each change in a sentence, with what is true now. */
export function useChangeWords(appointmentOf: () => Appointment): (changes: Change[]) => string[] {
  const { t } = useI18n();
  const { instant } = useTimeText();

  return (changes) => {
    const { status, startsAt } = appointmentOf();
    const values = { status: t(`appointments.status.${status}`), time: instant(startsAt) };
    if (changes.length === 0) return [t('appointments.cancel.changed.none')];
    return changes.map((change) => t(`appointments.cancel.changed.${change}`, values));
  };
}
