import { computed } from 'vue';
import { useSession } from '../../api/session.ts';
import { otherPerson } from '../appointments/appointment.ts';
import { useAppointment } from '../appointments/use-appointment.ts';

/** Whom one writes to in an appointment, and whether one still can. */
export function useConversation(appointmentId: string) {
  const session = useSession();
  const { appointment, isMissing } = useAppointment(appointmentId);

  const other = computed(() => appointment.value && otherPerson(appointment.value, session.account?.id ?? ''));
  const otherName = computed(() => other.value?.displayName ?? '');
  const isCancelled = computed(() => appointment.value?.status === 'cancelled');
  return { otherName, isCancelled, isMissing };
}
