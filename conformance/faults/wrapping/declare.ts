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
