import { expect } from 'vitest';
import type { RoomReport, TwilioControl } from '../twilio-emulator/control/control.ts';
import { connectToEmulator } from '../twilio-emulator/control/remote-control.ts';
import { type Appointment, type Grant, join } from './bookings.ts';
import type { Person } from './actors.ts';
import type { TwilioAccess } from './providers.ts';
import { type TestTarget, within } from './rule.ts';

export type TwilioGrant = Extract<Grant, { provider: 'twilio' }>;

/** @throws Error where the target has none: a test that uses it says that it needs the emulator */
export function accessOf(target: TestTarget): TwilioAccess {
  const { twilio } = target.suite;
  if (!twilio) throw new Error('the Twilio emulator is needed');
  return twilio;
}

export function emulatorOf(target: TestTarget): TwilioControl {
  return connectToEmulator(accessOf(target).controlUrl);
}

/**
 * Joins the call of a target with the provider twilio.
 * @throws AssertionError when it is refused; Error when it is granted for another provider.
 */
export async function joinTwilio(person: Person, appointment: { id: string }): Promise<TwilioGrant> {
  const grant = await join(person, appointment);
  if (grant.provider !== 'twilio') throw new Error(`the grant is for the provider ${grant.provider}, not for twilio`);
  return grant;
}

/** A room at the provider, entered and left without a browser; each change resolves when its callbacks were answered. */
export class TwilioRoom {
  readonly name: string;
  readonly sid: string;
  /** Where the backend wants to be called back. */
  readonly callbackUrl: string;
  readonly accountSid: string;
  readonly control: TwilioControl;

  constructor(control: TwilioControl, accountSid: string, { name, sid, statusCallback }: RoomReport) {
    this.control = control;
    this.accountSid = accountSid;
    this.name = name;
    this.sid = sid;
    this.callbackUrl = statusCallback ?? '';
  }

  /** @param at the callback's Timestamp; the room's own time unless given */
  async connect(person: { id: string }, at?: string): Promise<void> {
    await this.control.connect({ room: this.sid, identity: person.id, ...(at !== undefined && { at }) });
    await this.called();
  }

  async disconnect(person: { id: string }, at?: string): Promise<void> {
    await this.control.disconnect({ room: this.sid, identity: person.id, ...(at !== undefined && { at }) });
    await this.called();
  }

  /** Ends it from the provider's side. */
  async end(at?: string): Promise<void> {
    await this.control.complete({ room: this.sid, ...(at !== undefined && { at }) });
    await this.called();
  }

  async status(): Promise<string> {
    const rooms = await this.control.listRooms();
    return rooms.find(({ sid }) => sid === this.sid)?.status ?? 'vanished';
  }

  /** Waits until it is over at the provider. @throws Error when it is not within these seconds */
  async isCompleted(seconds: number): Promise<{ ms: number }> {
    return within(seconds, 'the end of the room at the provider', async () =>
      (await this.status()) === 'completed' ? true : undefined,
    );
  }

  /**
   * Waits until each of its callbacks that is not held back was answered.
   * @throws AssertionError when one was answered with something else than 204
   */
  async called(): Promise<void> {
    const { value } = await within(20, 'the answers to the callbacks', async () => {
      const callbacks = await this.control.listCallbacks({ room: this.sid });
      return callbacks.some(({ status }) => status === 'waiting') ? undefined : callbacks;
    });
    const answers = value.flatMap(({ event, answers: given }) => given.map((answer) => `${event} ${answer}`));
    expect(answers.filter((answer) => !answer.endsWith(' 204'))).toEqual([]);
  }
}

/** The provider's room in progress that a grant is for. @throws AssertionError when there is not exactly one */
export async function roomOf(target: TestTarget, grant: { roomName: string }): Promise<TwilioRoom> {
  const control = emulatorOf(target);
  const named = (await control.listRooms()).filter(({ name }) => name === grant.roomName);
  const living = named.filter(({ status }) => status === 'in-progress');
  expect(living, `rooms called ${grant.roomName} at the provider`).toHaveLength(1);
  return new TwilioRoom(control, accessOf(target).accountSid, living[0] as RoomReport);
}

/** Both join at these people's time. @returns the room at the provider and both grants */
export async function meet(
  target: TestTarget,
  appointment: Appointment,
  doctor: Person,
  user: Person,
): Promise<{ room: TwilioRoom; ofDoctor: TwilioGrant; ofUser: TwilioGrant }> {
  const ofDoctor = await joinTwilio(doctor, appointment);
  const ofUser = await joinTwilio(user, appointment);
  return { room: await roomOf(target, ofDoctor), ofDoctor, ofUser };
}
