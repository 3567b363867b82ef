import { type RuleId, rules } from '@duet/contract/rules';
import { areEqual } from './differences.ts';
import type { Observation } from './observe.ts';
import type { Step } from './step.ts';

/** What a target answered where the model did not. */
export type Voice = { name: string; observation: Observation };

/**
 * `wrong`: that target alone differs from the model. `gap`: all targets say the same and the model another thing, so the
 * model or the rules have a gap. `ambiguous`: no two agree.
 */
export type Verdict = { kind: 'wrong'; target: string } | { kind: 'gap' } | { kind: 'ambiguous' };

/** The verdict on one thing that was asked of all; undefined when all say the same as the model. */
export function judgeVoices(model: Observation, voices: readonly Voice[]): Verdict | undefined {
  const differing = voices.filter(({ observation }) => !areEqual(model, observation));
  const [first] = differing;
  if (!first) return undefined;
  if (differing.length === 1) return { kind: 'wrong', target: first.name };
  const haveOneVoice = differing.every(({ observation }) => areEqual(first.observation, observation));
  return { kind: haveOneVoice ? 'gap' : 'ambiguous' };
}

const most = 4;

/** The rules that a difference is about, as far as operation, problem codes and the judge's own findings tell. */
export function concernedRules(asked: Step, model: Observation, voices: readonly Voice[]): RuleId[] {
  const broken = voices.flatMap(({ observation }) => observation.broken.map((text) => text.split(':')[0] as RuleId));
  if (broken.length > 0) return [...new Set(broken)].slice(0, most);
  const codes = [model, ...voices.map(({ observation }) => observation)]
    .map(({ body }) => Object(body)['code'] as unknown)
    .filter((code) => typeof code === 'string');
  const ids = Object.keys(rules) as RuleId[];
  const ofOperation = ids.filter((id) => rules[id].operations.some((operation) => operation === asked.operation));
  const ofCode = ofOperation.filter((id) => rules[id].problems.some((problem) => codes.includes(problem)));
  const fitting = ofCode.length > 0 ? ofCode : ofOperation.filter((id) => !id.startsWith('http/'));
  return fitting.toSorted((left, right) => breadthOf(left) - breadthOf(right)).slice(0, most);
}

/** A rule about few operations says more of each. */
const breadthOf = (id: RuleId): number => rules[id].operations.length;
