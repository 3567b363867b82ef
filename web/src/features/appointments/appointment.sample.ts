import type { Appointment } from './appointment.ts';

/** An appointment for unit tests. */
export function anAppointment(changes: Partial<Appointment> = {}): Appointment {
  return {
    id: '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01',
    doctor: {
      id: '0197f3c2-0a11-7d02-8c4e-2b7f5a9e1c01',
      role: 'doctor',
      displayName: 'Dr. Ana Novak',
      specialty: 'Cardiology',
    },
    user: { id: '0197f3c2-1b22-7e13-9d5f-3c806baf2d02', role: 'user', displayName: 'Luka Horvat', specialty: null },
    startsAt: '2026-11-27T10:00:00.000Z',
    endsAt: '2026-11-27T10:30:00.000Z',
    durationMinutes: 30,
    reason: null,
    status: 'scheduled',
    createdAt: '2026-11-20T12:00:00.000Z',
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    call: { state: 'none', roomName: null, participants: [], startedAt: null, endedAt: null },
    ...changes,
  };
}
