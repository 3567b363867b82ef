import type { RuleId } from '@duet/contract/rules';
import { type Difference, differences } from './differences.ts';
import { createModel } from './in-process.ts';
import { lookAround } from './look.ts';
import type { Observation } from './observe.ts';
import { Play, type Seen, type Timing } from './play.ts';
import type { Step } from './step.ts';
import type { System } from './system.ts';
import { concernedRules, judgeVoices, type Verdict, type Voice } from './verdict.ts';

/** Where targets and model part for the first time in a sequence. */
export type Divergence = {
  steps: Step[];
  /** The step at which they part; null when it shows in what is read at the end alone. */
  at: number | null;
  label: string;
  asked: Step;
  expected: Observation;
  voices: (Voice & { differences: Difference[] })[];
  verdict: Verdict;
  rules: RuleId[];
};

export type PlayOptions = { timing: Timing; mark: () => string };

/** Performs a sequence on all targets and on a new model, side by side, up to the first divergence. */
export async function playOut(
  steps: Step[],
  targets: readonly System[],
  { timing, mark }: PlayOptions,
): Promise<Divergence | undefined> {
  const plays = [createModel(), ...targets].map((system) => new Play(system, mark(), timing));
  for (const [at, step] of steps.entries()) {
    const all = await Promise.all(plays.map((play) => play.perform(step)));
    const found = firstDivergence(all, targets, { steps, at });
    if (found) return found;
  }
  const looks = plays.map((play) => lookAround(play, { hasEvents: true }));
  for (;;) {
    const turns = await Promise.all(looks.map((look) => look.next()));
    const seen = turns.map(({ value }) => (value ? [value as Seen] : []));
    if (seen.every((one) => one.length === 0)) return undefined;
    const found = firstDivergence(seen, targets, { steps, at: null });
    if (found) return found;
  }
}

function firstDivergence(
  [model = [], ...others]: Seen[][],
  targets: readonly System[],
  where: Pick<Divergence, 'steps' | 'at'>,
): Divergence | undefined {
  for (const [index, { label, step, observation: expected }] of model.entries()) {
    const voices = targets.flatMap(({ name }, target) => {
      const observation = others[target]?.[index]?.observation;
      return observation ? [{ name, observation, differences: differences(expected, observation) }] : [];
    });
    const verdict = judgeVoices(expected, voices);
    if (!verdict) continue;
    return { ...where, label, asked: step, expected, voices, verdict, rules: concernedRules(step, expected, voices) };
  }
  return undefined;
}

/** The same for two divergences that are one, found on different ways. */
export function keyOf({ asked, voices, verdict, expected }: Divergence): string {
  const places = voices.flatMap(({ name, observation, differences }) => {
    const [first] = differences;
    if (!first) return [];
    const codes = [expected, observation].map(({ status, body }) => `${status} ${String(Object(body)['code'] ?? '')}`);
    return [`${name} ${first.place.replaceAll(/\.\d+/g, '')} ${codes.join(' / ')}`];
  });
  return [asked.operation, verdict.kind, ...places].join(' | ');
}
