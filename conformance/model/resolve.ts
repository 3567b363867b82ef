import type { Memory } from './memory.ts';
import type { EtagForm, InviteForm, Operand, Operands, Reference, Who } from './step.ts';

/** Where a step is performed: what references are resolved by. */
export type Place = { memory: Memory; who: Who; beginning: number; now: number; inviteCode: string };

/** No account, appointment or message has it. */
export const unknownId = 'eeeeeeee-0000-4000-8000-00000000000e';

/** The values of a step on one system; `path` is resolved first, since others are told by its appointment. */
export function resolveAll(operands: Operands, place: Place, appointmentId: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(operands).map(([name, value]) => [name, resolve(value, place, appointmentId)]),
  );
}

function resolve(value: Operand, place: Place, appointmentId: string): unknown {
  if (typeof value !== 'object') return value;
  if (isReference(value)) return resolveReference(value, place, appointmentId);
  return resolveAll(value, place, appointmentId);
}

export const isReference = (value: object): value is Reference => '$' in value;

function resolveReference(reference: Reference, place: Place, appointmentId: string): unknown {
  const { memory, who } = place;
  switch (reference.$) {
    case 'account':
      return memory.people[reference.who]?.id ?? unknownId;
    case 'appointment':
      return newest(memory.appointments, reference.newest)?.id ?? unknownId;
    case 'message':
      return newest(memory.messages, reference.newest)?.id ?? unknownId;
    case 'connection': {
      const { of } = reference;
      const fitting = memory.connections.filter(
        (one) => one.appointmentId === appointmentId && of !== 'nobody' && (one.who === who) === (of === 'own'),
      );
      return newest(fitting, reference.newest)?.id ?? unknownId;
    }
    case 'epoch': {
      const joins = memory.connections.filter((one) => one.appointmentId === appointmentId);
      return Math.max(0, (joins.at(-1)?.epoch ?? 0) + reference.more);
    }
    case 'etag': {
      const etags = memory.etags.filter((one) => one.appointmentId === appointmentId);
      return tagIn(newest(etags, reference.newest)?.tag ?? '"none"', reference.form);
    }
    case 'foreign cursor':
      return memory.cursors.find((one) => one.who !== who)?.cursor ?? 'of-nobody';
    case 'instant':
      return new Date((reference.from === 'now' ? place.now : place.beginning) + reference.ms).toISOString();
    case 'edge': {
      const appointment = newest(memory.appointments, reference.newest);
      const instant = appointment?.[reference.of === 'start' ? 'startsAt' : 'endsAt'] ?? place.beginning;
      return new Date(instant + reference.ms).toISOString();
    }
    default:
      return resolveText(reference, place);
  }
}

function resolveText(reference: Reference, { memory, inviteCode }: Place): unknown {
  switch (reference.$) {
    case 'client id': {
      const id = `aaaaaaaa-0000-4000-8000-00000000000${reference.nth}`;
      return reference.isUpperCase ? id.toUpperCase() : id;
    }
    case 'email':
      return spelled(emailOf(memory, reference.of), reference.spelling);
    case 'password':
      return reference.isRight ? passwordOf(memory) : 'another password';
    case 'invite code':
      return inviteIn(inviteCode, reference.form);
    case 'mark':
      return memory.mark;
    case 'name':
      return `Duet ${memory.mark} ${reference.text}`;
    default:
      return unknownId;
  }
}

/** A newcomer's has a letter outside ASCII, whose case must not count either. */
export const emailOf = ({ mark }: Memory, name: string): string =>
  `${name.replace(' ', '-').replace('newcomer', 'né')}.${mark}@duet.invalid`;
export const passwordOf = ({ mark }: Memory): string => `password of ${mark}`;

function spelled(email: string, spelling: 'as given' | 'upper case' | 'spaced'): string {
  if (spelling === 'spaced') return ` ${email}\t`;
  return spelling === 'upper case' ? email.toUpperCase() : email;
}

function tagIn(tag: string, form: EtagForm): string {
  const forms: Record<EtagForm, string> = { alone: tag, weak: `W/${tag}`, 'in a list': `"other", ${tag}`, any: '*' };
  return forms[form];
}

function inviteIn(code: string, form: InviteForm): string {
  const upper = code.toUpperCase();
  const forms: Record<InviteForm, string> = {
    right: code,
    wrong: 'another code',
    longer: `${code}x`,
    spaced: ` ${code} `,
    'other case': upper === code ? `${code.toLowerCase()}x` : upper,
  };
  return forms[form];
}

export const newest = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[items.length - 1 - (index % items.length)];
