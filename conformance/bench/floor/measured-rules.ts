import { type RuleId, rules } from '@duet/contract/rules';
import { served } from './served.ts';

/** Rules about what the floor serves that it is not held to, each with the reason. */
export const leftOut: Partial<Record<RuleId, string>> = {
  'calls/ice': 'calls are not measured: the floor has no ICE servers to configure',
  'operations/configuration': 'the floor has no settings of Twilio, ICE and TURN',
  'operations/logs': 'the floor logs as in production whatever LOG says',
};

/** A rule of these areas that names no operation holds of all of them. */
const general = ['http', 'operations'];

/**
 * The rules that a server has to keep before its speed is compared with the floor's: those whose operations the floor
 * serves, every one of them, and those that hold of each operation.
 */
export function measuredRules(): RuleId[] {
  return fittingRules().filter((id) => !(id in leftOut));
}

/** Those and the ones left out. */
export function fittingRules(): RuleId[] {
  return (Object.keys(rules) as RuleId[]).filter((id) => {
    const { area, operations, provider } = rules[id];
    if (provider === 'twilio') return false;
    return operations.length === 0 ? general.includes(area) : operations.some((operation) => served.has(operation));
  });
}
