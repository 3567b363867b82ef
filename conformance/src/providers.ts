import { type RuleId, rules } from '@duet/contract/rules';

export type Provider = 'peer' | 'twilio';

/** What an emulated Twilio is reached and known by: its control's address and its account. */
export type TwilioAccess = {
  controlUrl: string;
  accountSid: string;
  apiKeySid: string;
  apiKeySecret: string;
  authToken: string;
};

/** Rules by id, each with the reason why it is not asked. */
export type LeftOut = Partial<Record<RuleId, string>>;

/** The operations that a provider has a part in. */
const CALL_OPERATIONS = ['joinCall', 'keepPresence', 'leaveCall', 'endCall', 'sendSignal', 'receiveRoomStatus'];
/** What holds of every operation alike, those of a call among them. */
const ALIKE = ['http', 'sessions'];
/** Whose operations do not tell that a call's state, events or settings come into them. */
const BESIDES: RuleId[] = ['appointments/cancel', 'events/format', 'operations/health'];

/** Whether a server may keep a rule under one provider and break it under another. */
export function dependsOnProvider(id: RuleId): boolean {
  const { area, operations } = rules[id];
  if (area === 'calls' || area === 'webhooks' || BESIDES.includes(id)) return true;
  return !ALIKE.includes(area) && (operations as readonly string[]).some((name) => CALL_OPERATIONS.includes(name));
}

/**
 * What is not asked of a server under `provider` when the same server is judged under all of `judged`: twilio is asked
 * only what a provider can change, and neither what is about the other one alone.
 */
export function leftOutUnder(provider: Provider, judged: readonly Provider[]): LeftOut {
  const entries = (Object.keys(rules) as RuleId[]).flatMap((id) => {
    const about = rules[id].provider as Provider | null;
    if (about !== null && about !== provider && judged.includes(about))
      return [[id, `is about the provider ${about} alone`]];
    return provider === 'twilio' && !dependsOnProvider(id) ? [[id, 'the provider changes nothing here']] : [];
  });
  return Object.fromEntries(entries) as LeftOut;
}

/** Those of the providers under which at least one of the rules is asked. */
export function providersOf(ids: readonly RuleId[], wanted: readonly Provider[]): Provider[] {
  return wanted.filter((provider) => {
    const leftOut = leftOutUnder(provider, wanted);
    return ids.some((id) => leftOut[id] === undefined);
  });
}
