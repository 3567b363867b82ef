export type Provider = 'peer' | 'twilio';
export type BackendId = 'a' | 'b';

/** A running `duet start`, as the stories know it. */
export type Stack = {
  provider: Provider;
  /** Where the client is served. */
  origin: string;
  inviteCode: string;
  /** Where it writes down its processes. */
  stateFolder: string;
};

const setting = 'DUET_E2E_STACKS';

/** Hands the stacks on to the processes that run the tests. */
export function announceStacks(stacks: readonly Stack[]): void {
  process.env[setting] = JSON.stringify(stacks);
}

/** Stacks that run already, started by somebody who runs the stories often: then none is started here. */
export const areGiven = (): boolean => process.env[setting] !== undefined;

export function stackOf(provider: Provider): Stack {
  const stacks = JSON.parse(process.env[setting] ?? '[]') as Stack[];
  const found = stacks.find((stack) => stack.provider === provider);
  if (!found) throw new Error(`no stack runs with the provider ${provider}`);
  return found;
}

/** The providers that this run is about: DUET_E2E_PROVIDERS, else both. */
export function wantedProviders(): Provider[] {
  const wanted = (process.env['DUET_E2E_PROVIDERS'] ?? 'peer,twilio').split(',');
  return (['peer', 'twilio'] as const).filter((provider) => wanted.includes(provider));
}
