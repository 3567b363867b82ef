import { randomUUID } from 'node:crypto';
import { Actor, createPerson, type Person } from '../actors.ts';
import { book, join } from '../bookings.ts';
import { fromNow } from '../instants.ts';
import type { SuiteTarget } from '../target.ts';
import type { ActorName, AppointmentObject, ObjectName } from './table.ts';

export type PersonName = 'doctor' | 'user' | 'otherDoctor' | 'otherUser';
type Pair = readonly [user: PersonName, doctor: PersonName];
/** What two people have in common, all of it theirs alone. */
type Common = { open: { id: string }; ending: { id: string }; messageId: string };

const PAIRS: Readonly<Record<Exclude<AppointmentObject, 'nothing'>, Pair>> = {
  'of doctor and user': ['user', 'doctor'],
  'of the others': ['otherUser', 'otherDoctor'],
};
const NAMES: readonly PersonName[] = ['doctor', 'user', 'otherDoctor', 'otherUser'];

/** The accounts of the matrix, and what there is of theirs to ask for. */
export class Stage {
  readonly target: SuiteTarget;
  readonly #people: Map<PersonName, Person>;
  readonly #revokedToken: string;
  readonly #common = new Map<ObjectName, Common>();
  #slots = 0;

  constructor(target: SuiteTarget, people: Map<PersonName, Person>, revokedToken: string) {
    this.target = target;
    this.#people = people;
    this.#revokedToken = revokedToken;
  }

  person(name: PersonName): Person {
    const person = this.#people.get(name);
    if (!person) throw new Error(`the stage has nobody called ${name}`);
    return person;
  }

  actor(name: ActorName): Actor {
    if (name === 'nobody') return new Actor(this.target);
    if (name === 'revoked') return new Actor(this.target, this.#revokedToken);
    return name === 'malformed' ? new Actor(this.target, `${this.person('doctor').token} x`) : this.person(name);
  }

  /** A start that no other booking of the stage has. */
  freeStart(): string {
    this.#slots += 1;
    return fromNow({ days: 40, hours: this.#slots });
  }

  /** An appointment of these two that nobody has done anything with. */
  async freshAppointment(object: ObjectName): Promise<{ id: string }> {
    const pair = pairOf(object);
    if (!pair) return { id: randomUUID() };
    return book(this.person(pair[0]), this.person(pair[1]), { startsAt: this.freeStart() });
  }

  /** Two appointments whose calls can be joined, `ending` being the one that may be ended, and a message in `open`. */
  async common(object: ObjectName): Promise<Common> {
    const known = this.#common.get(object) ?? (await this.#makeCommon(object));
    this.#common.set(object, known);
    return known;
  }

  /** The connection and epoch of a fresh join, or made up ones for somebody who cannot join. */
  async connection(name: ActorName, object: ObjectName): Promise<{ connectionId: string; epoch: number }> {
    if (!isParticipant(name, object)) return { connectionId: randomUUID(), epoch: 0 };
    const grant = await join(this.person(name), (await this.common(object)).open);
    return { connectionId: grant.connectionId, epoch: grant.provider === 'peer' ? grant.epoch : 0 };
  }

  /** A person's sessions are gone: another one is made. */
  async logInAgain(name: PersonName): Promise<void> {
    this.#people.set(name, await this.person(name).logInAgain());
  }

  async #makeCommon(object: ObjectName): Promise<Common> {
    const pair = pairOf(object);
    if (!pair) return { open: { id: randomUUID() }, ending: { id: randomUUID() }, messageId: randomUUID() };
    const [user, doctor] = [this.person(pair[0]), this.person(pair[1])];
    const open = await book(user, doctor, { startsAt: fromNow({ minutes: 1 }), durationMinutes: 5 });
    const ending = await book(user, doctor, { startsAt: fromNow({ minutes: 7 }), durationMinutes: 5 });
    await join(doctor, ending);
    const path = { appointmentId: open.id };
    const sent = await user.send('sendMessage', { path, body: { clientId: randomUUID(), body: 'Good morning' } });
    return { open, ending, messageId: sent.body.id };
  }
}

/** Makes the four accounts, and a session that is revoked. */
export async function prepareStage(target: SuiteTarget): Promise<Stage> {
  const made = await Promise.all(
    NAMES.map(async (name) => [name, await createPerson(target, /doctor/i.test(name) ? 'doctor' : 'user')] as const),
  );
  const people = new Map(made);
  const revoked = people.get('doctor')?.token ?? '';
  const stage = new Stage(target, people, revoked);
  await stage.person('doctor').send('logout');
  await stage.logInAgain('doctor');
  return stage;
}

export function isParticipant(name: ActorName, object: ObjectName): name is PersonName {
  return pairOf(object)?.some((one) => one === name) === true;
}

function pairOf(object: ObjectName): Pair | undefined {
  return object === 'of doctor and user' || object === 'of the others' ? PAIRS[object] : undefined;
}
