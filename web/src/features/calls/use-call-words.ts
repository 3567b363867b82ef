import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { otherPerson, opensAt, type Appointment } from '../appointments/appointment.ts';
import { useTimeText } from '../appointments/time/use-time-text.ts';
import { closesAt } from './call-times.ts';

export type CallWords = {
  /** The other person's. */
  name: ComputedRef<string>;
  /** 'Monday, 2 March 2026, 10:30 – 11:00 (Central European Standard Time)' */
  when: ComputedRef<string>;
  opens: ComputedRef<string>;
  starts: ComputedRef<string>;
  closes: ComputedRef<string>;
  time(instant: number): string;
  length(milliseconds: number): string;
};

/** An appointment's people and times in the words of the reader's language and zone. */
export function useCallWords(appointment: Ref<Appointment>, accountId: string): CallWords {
  const { t } = useI18n();
  const text = useTimeText();
  const startsAt = computed(() => appointment.value.startsAt);

  return {
    name: computed(() => otherPerson(appointment.value, accountId).displayName),
    when: computed(() =>
      t('calls.lobby.when', {
        date: text.day(text.dateOf(startsAt.value), 'long'),
        range: text.range(startsAt.value, appointment.value.endsAt),
        zone: text.zoneAt(startsAt.value).name,
      }),
    ),
    opens: computed(() => text.time(opensAt(appointment.value))),
    starts: computed(() => text.time(startsAt.value)),
    closes: computed(() => text.time(closesAt(appointment.value))),
    time: text.time,
    length: text.length,
  };
}
