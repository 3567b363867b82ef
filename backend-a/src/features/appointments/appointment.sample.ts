import { noCall } from '../calls/call.ts';
import type { Appointment } from './appointment.ts';

/** An appointment for unit tests: 10:00 to 10:30, booked the day before. */
export const sampleAppointment: Appointment = {
  id: '0f8e6d5c-4b3a-4291-8e7f-6a5b4c3d2e03',
  doctor: { id: '7d5f0c9e-2a41-4c57-9b1e-0d3a6f5b8c01', role: 'doctor', displayName: 'Dr. Grace', specialty: null },
  user: { id: 'c1b7a8d4-6e2f-4a0b-8d39-5f4e2b1a7c02', role: 'user', displayName: 'Ada', specialty: null },
  startsAt: at('10:00:00.000'),
  endsAt: at('10:30:00.000'),
  durationMinutes: 30,
  reason: null,
  createdAt: new Date('2027-02-28T09:00:00.000Z'),
  cancelledAt: null,
  cancelledBy: null,
  cancelReason: null,
  call: noCall,
};

/** A time of the sample appointment's day. */
export function at(time: string): Date {
  return new Date(`2027-03-01T${time}Z`);
}
