import type { RuleId } from '@duet/contract/rules';
import type { WrapperFault } from '../declare.ts';

/** Declares faults that one wrapping program shows, each in a mode of its own. */
export const wrapping =
  (wrapper: URL) =>
  (mode: string, describe: string, neighbours: RuleId[] = []): WrapperFault => ({
    describe,
    neighbours,
    wrapper,
    settings: { mode },
  });

/** The same for faults of a target whose own replicas run behind the program, under twilio. */
export const wrappingWhole =
  (wrapper: URL) =>
  (mode: string, describe: string, neighbours: RuleId[] = []): WrapperFault => ({
    ...wrapping(wrapper)(mode, describe, neighbours),
    isWhole: true,
  });
