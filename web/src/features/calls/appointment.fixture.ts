import type { Appointment } from '../appointments/appointment.ts';

export const doctorId = '0197f3c2-0a11-7d02-8c4e-2b7f5a9e1c01';
export const userId = '0197f3c2-1b22-7e13-9d5f-3c806baf2d02';

type Parts = Partial<Omit<Appointment, 'call'>> & { call?: Partial<Appointment['call']> };

export function appointmentWith({ call, ...parts }: Parts = {}): Appointment {
  return {
    id: '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01',
    doctor: { id: doctorId, role: 'doctor', displayName: 'Dr. Ana Novak', specialty: 'Cardiology' },
    user: { id: userId, role: 'user', displayName: 'Luka Horvat', specialty: null },
    startsAt: '2026-03-02T09:30:00.000Z',
    endsAt: '2026-03-02T10:00:00.000Z',
    durationMinutes: 30,
    reason: null,
    status: 'scheduled',
    createdAt: '2026-02-20T12:00:00.000Z',
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    ...parts,
    call: { state: 'none', roomName: null, participants: [], startedAt: null, endedAt: null, ...call },
  };
}

export const participant = (accountId: string, joinedAt: string, leftAt: string | null = null) => ({
  accountId,
  connected: leftAt === null,
  joinedAt,
  leftAt,
});
