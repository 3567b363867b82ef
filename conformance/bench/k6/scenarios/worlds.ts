import type { Page, Person, World } from './order.ts';

/** How worlds are made: the requests that they need, by whoever can send some. Each rejects when it is refused. */
export type Api = {
  /** Somebody new, who has logged in. */
  enter(role: 'doctor' | 'user'): Promise<Person>;
  /** @returns the new appointment's id */
  book(user: Person, appointment: Appointment): Promise<string>;
  /** @returns the answer's text */
  getAppointment(user: Person, appointmentId: string): Promise<string>;
  listAppointments(user: Person, limit: number): Promise<string>;
};

export type Appointment = { doctorId: string; startsAt: string; durationMinutes: number; reason: string };

/** What all worlds read, and what each writes into. */
export type Parts = {
  reading: Pick<World, 'reader' | 'appointments' | 'list'>;
  writing: Omit<World, 'reader' | 'appointments' | 'list'>[];
};

const DAY = 86_400_000;
const HALF_AN_HOUR = 1_800_000;
/** A full page of a list, which nothing follows. */
const APPOINTMENTS = 50;

/** Makes the people and appointments of so many worlds, each with a calendar and a conversation of its own to write into. */
export async function makeParts(api: Api, worlds: number): Promise<Parts> {
  const tomorrow = Math.ceil((Date.now() + DAY) / DAY) * DAY;
  const reading = await makeReading(api, tomorrow);
  const writing: Parts['writing'] = [];
  // One after the other: hashing passwords takes all cores anyway, and a target under no load refuses nothing.
  while (writing.length < worlds) writing.push(await makeWriting(api, tomorrow));
  return { reading, writing };
}

/** What is read stands in memory once, for all of them. */
export function worldsOf({ reading, writing }: Parts): World[] {
  return writing.map((own) => ({ ...reading, ...own }));
}

async function makeReading(api: Api, tomorrow: number): Promise<Parts['reading']> {
  const [doctor, reader] = await Promise.all([api.enter('doctor'), api.enter('user')]);
  const appointments: Page[] = [];
  while (appointments.length < APPOINTMENTS) {
    const id = await api.book(reader, visit(doctor, tomorrow + appointments.length * HALF_AN_HOUR));
    appointments.push({ path: `/v1/appointments/${id}`, text: await api.getAppointment(reader, id) });
  }
  const list = {
    path: `/v1/appointments?limit=${APPOINTMENTS}`,
    text: await api.listAppointments(reader, APPOINTMENTS),
  };
  return { reader, appointments, list };
}

async function makeWriting(api: Api, tomorrow: number): Promise<Parts['writing'][number]> {
  const [doctor, writer] = await Promise.all([api.enter('doctor'), api.enter('user')]);
  const appointmentId = await api.book(writer, visit(doctor, tomorrow));
  return { writer, doctor, appointmentId, freeFrom: tomorrow + DAY };
}

function visit(doctor: Person, startsAt: number): Appointment {
  return {
    doctorId: doctor.id,
    startsAt: new Date(startsAt).toISOString(),
    durationMinutes: 30,
    reason: 'A yearly check, and a question about sleep',
  };
}
