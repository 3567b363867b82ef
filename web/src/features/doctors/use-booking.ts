import { ref, shallowRef } from 'vue';
import type { components } from '@duet/contract/types';
import { call, useApi } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { rememberOwnBooking } from '../appointments/own-bookings.ts';

export type NewAppointment = components['schemas']['NewAppointment'];

/** The same wish has the same key, so that sending it again after a lost answer books nothing twice. */
export function createKeys(newKey: () => string) {
  let last: { wish: string; key: string } | null = null;
  return {
    keyFor(wish: NewAppointment): string {
      const text = JSON.stringify(wish);
      if (last?.wish !== text) last = { wish: text, key: newKey() };
      return last.key;
    },
    forget: () => (last = null),
  };
}

export function useBooking() {
  const { client } = useApi();
  const keys = createKeys(() => crypto.randomUUID());
  const isBooking = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  async function book(wish: NewAppointment): Promise<Appointment | null> {
    if (isBooking.value) return null;
    isBooking.value = true;
    problem.value = null;
    rememberOwnBooking(localStorage, { startsAt: wish.startsAt, withId: wish.doctorId ?? wish.userId ?? '' });
    try {
      const header = { 'Idempotency-Key': keys.keyFor(wish) };
      const booked = await call(client.POST('/v1/appointments', { params: { header }, body: wish }));
      keys.forget();
      return booked;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      return null;
    } finally {
      isBooking.value = false;
    }
  }

  return { isBooking, problem, book };
}
