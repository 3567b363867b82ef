import { randomUUID } from 'node:crypto';
import { DemoRequests, type Appointment, type NewPerson } from './demo-requests.ts';

const password = 'try-duet-today';

/** Who can be logged in as; the same on each backend. */
export const demoAccounts = [
  {
    role: 'doctor',
    email: 'doctor@duet.example',
    password,
    displayName: 'Dr. Mara Lindqvist',
    specialty: 'General practice',
  },
  { role: 'user', email: 'patient@duet.example', password, displayName: 'Jonas Weber' },
] as const satisfies readonly NewPerson[];

const otherDoctors: NewPerson[] = [
  { role: 'doctor', email: 'brandt@duet.example', password, displayName: 'Dr. Otto Brandt', specialty: 'Dermatology' },
  { role: 'doctor', email: 'haddad@duet.example', password, displayName: 'Dr. Leila Haddad', specialty: 'Cardiology' },
  { role: 'doctor', email: 'okafor@duet.example', password, displayName: 'Dr. Chidi Okafor', specialty: 'Paediatrics' },
];

const minuteMs = 60_000;
/** The call is open from 10 minutes before the start: this leaves time to look around. */
const startsInMinutes = [5, 6, 7, 8, 9, 4, 3, 2];

export type DemoState = { framework: string; orm: string; startsAt: string | null };

/** Makes the demonstration's people and an appointment that can be joined at once. What is there already is kept. */
export async function prepareDemo(
  url: string,
  { name, inviteCode }: { name: string; inviteCode: string },
): Promise<DemoState> {
  const requests = new DemoRequests(url, name);
  const { framework, orm } = await requests.getMeta();
  const [doctor, user] = await Promise.all(
    [...demoAccounts, ...otherDoctors].map((person) =>
      requests.enter(person.role === 'doctor' ? { ...person, inviteCode } : person),
    ),
  );
  if (!doctor || !user) throw new Error('the demonstration has no people');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  await Promise.all([doctor, user].map(({ token }) => requests.setTimeZone(token, timeZone)));
  const appointment =
    (await findJoinable(requests, user.token)) ?? (await bookSoon(requests, user.token, doctor.account.id));
  if (appointment) await greet(requests, doctor.token, appointment);
  return { framework, orm, startsAt: appointment?.startsAt ?? null };
}

/** One that is open now and for a while. */
async function findJoinable(requests: DemoRequests, token: string): Promise<Appointment | undefined> {
  const now = Date.now();
  const from = new Date(now - 120 * minuteMs).toISOString();
  const to = new Date(now + 9 * minuteMs).toISOString();
  const found = await requests.listAppointments(token, { from, to });
  return found.find(
    ({ status, endsAt }) => ['scheduled', 'in_progress'].includes(status) && Date.parse(endsAt) > now + 10 * minuteMs,
  );
}

/** Another appointment may be under way still, or follow soon: then a later start, or a shorter one, fits. */
async function bookSoon(requests: DemoRequests, token: string, doctorId: string): Promise<Appointment | undefined> {
  const reason = 'A cough that does not go away';
  const thisMinute = Math.floor(Date.now() / minuteMs) * minuteMs;
  for (const minutes of startsInMinutes) {
    const startsAt = new Date(thisMinute + minutes * minuteMs).toISOString();
    for (const durationMinutes of [60, 15, 5]) {
      const booked = await requests.book(token, { doctorId, startsAt, durationMinutes, reason });
      if (booked) return booked;
    }
  }
  return undefined;
}

async function greet(requests: DemoRequests, token: string, { id, createdAt }: Appointment): Promise<void> {
  if (Date.parse(createdAt) < Date.now() - minuteMs) return;
  const body = 'Hello! Join the call whenever you are ready; you can also write to me here.';
  await requests.write(token, id, { clientId: randomUUID(), body });
}
