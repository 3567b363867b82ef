import type { CallerContext, CallerHandler, Check } from '../context.ts';
import { cursorErrors, pageOf, queryOf } from '../pages.ts';
import { json, Refusal } from '../reply.ts';
import type { Account } from '../world.ts';

const directoryQuery = (context: CallerContext) => queryOf(context, 'listDoctors', [context.query['q'] ?? null]);

export const checkListDoctors: Check<CallerContext> = (context) => cursorErrors(context, directoryQuery(context));

export const listDoctors: CallerHandler = (context) => {
  const { behaviour, world, query } = context;
  const q = query['q'] as string | undefined;
  const doctors = [...world.accounts.values()]
    .filter((account) => behaviour.isDoctor(account) && (q === undefined || behaviour.matchesQuery(account, q)))
    .sort((left, right) => behaviour.compareKeys(behaviour.doctorKey(left), behaviour.doctorKey(right)));
  const page = pageOf(context, directoryQuery(context), { items: doctors, keyOf: behaviour.doctorKey });
  return json(200, { ...page, items: page.items.map((doctor) => behaviour.shownProfile(doctor)) });
};

function namedDoctor({ behaviour, world, path }: CallerContext): Account {
  const account = world.accounts.get(behaviour.readId(path['doctorId'] ?? ''));
  if (!account || !behaviour.isFound(account)) throw new Refusal('not-found', 'No doctor has this id; check it.');
  return account;
}

export const getDoctor: CallerHandler = (context) => json(200, context.behaviour.shownProfile(namedDoctor(context)));

export const listBusyTimes: CallerHandler = (context) => {
  const { behaviour, world, query } = context;
  const doctor = namedDoctor(context);
  const from = behaviour.readInstant(String(query['from']));
  const to = behaviour.readInstant(String(query['to']));
  const refusal = behaviour.busyRangeRefusal(from, to);
  if (refusal) throw new Refusal(refusal, 'Ask for a range that ends after it begins and is at most 31 days long.');
  const items = [...world.appointments.values()]
    .filter((appointment) => appointment.doctorId === doctor.id && behaviour.isBusyWith(appointment, from, to))
    .sort((left, right) => behaviour.busyOrder(left, right))
    .map((appointment) => behaviour.busySpan(appointment, from, to))
    .map(({ startsAt, endsAt }) => ({
      startsAt: behaviour.writeInstant(startsAt),
      endsAt: behaviour.writeInstant(endsAt),
    }));
  return json(200, { items });
};
