import { type ShownEvent, withLapsesInOrder } from './lapses.ts';
import { shownValue } from './observe.ts';
import type { Play, Seen } from './play.ts';
import { cast, type Operands, type Somebody, step, type Step } from './step.ts';

const day = 86_400_000;
const statuses = ['scheduled', 'in_progress', 'completed', 'missed', 'cancelled'];

/** Everything that can be read at the end by those who took part: state that a wrong write left shows here. */
export async function* lookAround(play: Play, options: { hasEvents: boolean }): AsyncGenerator<Seen> {
  for (const who of cast.filter((name) => play.memory.people[name])) {
    yield* await play.perform(login(who));
    for (const read of readsOf(play, who)) yield* await play.perform(read);
  }
  if (!options.hasEvents) return;
  for (const who of cast.filter((name) => play.memory.people[name])) yield* hearEvents(play, who);
}

const login = (who: Somebody): Step =>
  step('nobody', 'login', {
    body: { email: { $: 'email', of: who, spelling: 'as given' }, password: { $: 'password', isRight: true } },
  });

function readsOf({ memory }: Play, who: Somebody): Step[] {
  const appointments = memory.appointments.map(
    (_, newest) => ({ appointmentId: { $: 'appointment', newest } }) as Operands,
  );
  const around = {
    from: { $: 'instant', from: 'beginning', ms: -day },
    to: { $: 'instant', from: 'beginning', ms: 30 * day },
  } as Operands;
  const doctors = cast.filter((name) => name.startsWith('doctor') && memory.people[name]);
  return [
    step(who, 'getMe'),
    step(who, 'listAppointments', { query: { limit: 100 } }),
    step(who, 'listDoctors', { query: { q: { $: 'name', text: '' }, limit: 100 } }),
    step(who, 'getUnreadCounts'),
    ...appointments.map((path) => step(who, 'getAppointment', { path })),
    ...statuses.map((status) => step(who, 'listAppointments', { query: { status, limit: 100 } })),
    ...appointments.map((path) => step(who, 'getAppointmentCalendar', { path })),
    ...appointments.map((path) => step(who, 'listMessages', { path, query: { limit: 100 } })),
    ...doctors.map((doctor) =>
      step(who, 'listBusyTimes', { path: { doctorId: { $: 'account', who: doctor } }, query: around }),
    ),
  ];
}

/** From the beginning, and from where there may be nothing: both are told what follows. */
const positions = ['0', '1'];

/** A logout of all sessions is the last event of a stream, which ends after it. */
async function* hearEvents(play: Play, who: Somebody): AsyncGenerator<Seen> {
  const farewell = step(who, 'logoutEverywhere');
  const { token } = play.ask(farewell);
  if (token === null) return;
  const followings = [];
  for (const id of positions)
    followings.push({ id, following: await play.system.follow({ ...play.headersOf(token), 'last-event-id': id }) });
  yield* await play.perform(farewell);
  for (const { id, following } of followings) {
    const { events, isEnded } = await following.untilEnd();
    const eyes = { memory: play.memory, hasClock: play.timing.hasClock };
    const shown = events.map((event) => shownValue(eyes, event) as ShownEvent);
    const body = { events: withLapsesInOrder(shown), isEnded };
    const read = step(who, 'streamEvents', { headers: { 'last-event-id': id } });
    yield {
      label: `${who} streamEvents after ${id}`,
      step: read,
      observation: { status: 200, headers: {}, body, broken: [] },
    };
  }
}
