import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../api/session.ts';
import { otherPerson, type Appointment } from './appointment.ts';
import { joinableUntil, type CallNotice } from './call-notice.ts';
import { clockText } from './time/time-text.ts';
import { useTimeText } from './time/use-time-text.ts';

type Words = { title: string; text: string };
const lastMinutes = 10 * 60_000;

/** The notice in words. */
export function useCallWords(
  appointmentOf: () => Appointment,
  noticeOf: () => CallNotice,
): { title: ComputedRef<string>; text: ComputedRef<string> } {
  const { t } = useI18n();
  const session = useSession();
  const { time, instant, length } = useTimeText();

  function earlyWords(notice: { opensAt: number; left: number }): Words {
    const left = notice.left < lastMinutes ? clockText(notice.left) : length(notice.left);
    return {
      title: t('appointments.call.opensIn', { time: left }),
      text: t('appointments.call.opensAt', { time: time(notice.opensAt) }),
    };
  }

  function cancelledWords({ cancelledBy, cancelledAt, doctor, user }: Appointment): Words {
    const isMine = cancelledBy === session.account?.id;
    const name = (cancelledBy === doctor.id ? doctor : user).displayName;
    return {
      title: t(isMine ? 'appointments.call.cancelledByYou' : 'appointments.call.cancelledBy', { name }),
      text: cancelledAt ? t('appointments.call.cancelledAt', { when: instant(cancelledAt) }) : '',
    };
  }

  const words = computed<Words>(() => {
    const appointment = appointmentOf();
    const notice = noticeOf();
    const name = otherPerson(appointment, session.account?.id ?? '').displayName;
    const values = { name, start: time(appointment.startsAt), until: time(joinableUntil(appointment)) };
    if (notice.kind === 'early') return earlyWords(notice);
    if (notice.kind === 'cancelled') return cancelledWords(appointment);
    return {
      title: t(`appointments.call.${notice.kind}`, values),
      text: notice.kind === 'over' ? '' : t(`appointments.call.${notice.kind}Text`, values),
    };
  });

  return { title: computed(() => words.value.title), text: computed(() => words.value.text) };
}
