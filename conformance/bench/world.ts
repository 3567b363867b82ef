import { createPerson, type Person as Actor } from '../src/actors.ts';
import type { Answer } from '../src/driver/answer.ts';
import type { SuiteTarget } from '../src/target.ts';
import type { Page, Person, World } from './k6/scenarios/order.ts';

const DAY = 86_400_000;
/** A full page of a list, which nothing follows. */
const APPOINTMENTS = 50;
const HALF_AN_HOUR = 1_800_000;

type Reading = Pick<World, 'reader' | 'appointments' | 'list'>;

/**
 * Makes the people and appointments of so many virtual users through the API of a target, each with a calendar and a
 * conversation of its own to write into, and keeps the answers that load is compared with; all of them were judged against the contract on their way.
 * @throws Error when a request is refused
 */
export async function makeWorlds(target: SuiteTarget, virtualUsers: number): Promise<World[]> {
  const tomorrow = Math.ceil((Date.now() + DAY) / DAY) * DAY;
  const read = await makeReading(target, tomorrow);
  const worlds: World[] = [];
  // One after the other: hashing passwords takes all cores anyway, and a target under no load refuses nothing.
  while (worlds.length < virtualUsers) worlds.push({ ...read, ...(await makeWriting(target, tomorrow)) });
  return worlds;
}

async function makeReading(target: SuiteTarget, tomorrow: number): Promise<Reading> {
  const [doctor, reader] = await Promise.all([createDoctor(target), createPerson(target, 'user')]);
  const appointments: Page[] = [];
  while (appointments.length < APPOINTMENTS) {
    const path = await book(reader, doctor, tomorrow + appointments.length * HALF_AN_HOUR);
    appointments.push({ path, text: await textOf(reader, path) });
  }
  const list = expectStatus(await reader.send('listAppointments', { query: { limit: APPOINTMENTS } }), 200);
  const page = { path: `/v1/appointments?limit=${APPOINTMENTS}`, text: list.text };
  return { reader: personOf(reader), appointments, list: page };
}

async function makeWriting(target: SuiteTarget, tomorrow: number): Promise<Omit<World, keyof Reading>> {
  const [doctor, writer] = await Promise.all([createDoctor(target), createPerson(target, 'user')]);
  const conversation = await book(writer, doctor, tomorrow);
  return {
    writer: personOf(writer),
    doctor: personOf(doctor),
    appointmentId: idOf(conversation),
    freeFrom: tomorrow + DAY,
  };
}

function createDoctor(target: SuiteTarget): Promise<Actor> {
  return createPerson(target, 'doctor', { specialty: 'Cardiology' });
}

async function book(person: Actor, doctor: Actor, startsAt: number): Promise<string> {
  const body = {
    doctorId: doctor.id,
    startsAt: new Date(startsAt).toISOString(),
    durationMinutes: 30,
    reason: 'A yearly check, and a question about sleep',
  };
  const booked = expectStatus(await person.send('createAppointment', { body }), 201);
  return `/v1/appointments/${booked.body.id}`;
}

async function textOf(reader: Actor, path: string): Promise<string> {
  return expectStatus(await reader.send('getAppointment', { path: { appointmentId: idOf(path) } }), 200).text;
}

function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function expectStatus<Body>(answer: Answer<Body>, status: number): Answer<Body> {
  if (answer.status === status) return answer;
  throw new Error(`the world cannot be made: ${answer.status} ${answer.text.slice(0, 200)}`);
}

function personOf({ id, email, password, token }: Actor): Person {
  return { id, email, password, token: token ?? '' };
}
