import { count, countedIn, forgetCounted } from '../probes/statements.ts';
import type { ScenarioName } from '../study/records.ts';
import type { BlockOptions } from './block.ts';
import { invariantsOf, type Written } from './invariants.ts';
import { type Amount, type Loaded, measure, type Measured } from './measure.ts';
import { warmUp } from './warm-up.ts';

type Numbers = Omit<Measured, 'acknowledged' | 'complaint'>;

/** Warms the subjects up, loads them slice by slice, then reads back what was acknowledged. */
export async function measureScenario(scenario: ScenarioName, loaded: Loaded[], options: BlockOptions): Promise<void> {
  const { block, repetitions, slice, warm, random, signal, keep, onProgress, onComplaint } = options;
  const written = new Map<Loaded, Written>(loaded.map((one) => [one, []]));
  const load = async (amount: Amount): Promise<{ subject: string; numbers: Numbers }[]> => {
    signal.throwIfAborted();
    const measured = await measure(options, loaded, scenario, amount);
    return loaded.map((one, index) => {
      const { acknowledged, complaint, ...numbers } = measured[index] as Measured;
      const subject = one.subject.plan.name;
      written.get(one)?.push(acknowledged);
      if (complaint !== null) onComplaint(`${subject}, ${scenario}: ${complaint}`);
      return { subject, numbers };
    });
  };
  onProgress(`block ${block}, ${scenario}: warming up`);
  const costs = async (): Promise<number[]> =>
    (await load(warm.amount)).map(({ numbers: { cpu, requests } }) => cpu.server / requests);
  const { slices, isSteady } = await warmUp(costs, warm.steadiness);
  const warmed = isSteady ? `warm after ${slices}` : `not steady after ${slices}`;
  onProgress(`block ${block}, ${scenario}: ${warmed} slices, measuring ${repetitions}`);
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    for (const { subject, numbers } of await load(slice)) {
      keep({ kind: 'slice', scenario, block, repetition, subject, ...numbers });
    }
  }
  if (block === 1) await keepStatements(scenario, loaded, () => load(slice), options);
  for (const [{ subject }, acknowledged] of written) {
    const worlds = options.templates.get(subject.plan.product)?.worlds ?? [];
    for (const found of await invariantsOf(scenario, subject, worlds, acknowledged, random)) {
      keep({ kind: 'invariant', scenario, block, subject: subject.plan.name, ...found });
    }
  }
}

/** One more slice, not measured for its cost, of which PostgreSQL counts the statements. */
async function keepStatements(
  scenario: ScenarioName,
  loaded: Loaded[],
  load: () => Promise<{ subject: string; numbers: Numbers }[]>,
  { administrator, keep }: BlockOptions,
): Promise<void> {
  await count(administrator, true);
  await load(); // Every connection has heard of it after this one.
  await forgetCounted(administrator);
  for (const [index, { subject, numbers }] of (await load()).entries()) {
    const counted = await countedIn(administrator, loaded[index]?.subject.database ?? '');
    keep({ kind: 'statements', scenario, subject, requests: numbers.requests, ...counted });
  }
  await count(administrator, false);
}
