import { differences, areEqual, type Difference } from '../differences.ts';
import { createModel, type Forkable } from '../in-process.ts';
import { lookAround } from '../look.ts';
import { type Asked, peopleIn, Play, type Seen } from '../play.ts';
import type { PlayOptions } from '../play-out.ts';
import type { Step } from '../step.ts';
import type { System } from '../system.ts';
import { ordersOf } from './orders.ts';

/** What is done one after the other, and then what is done all at once. */
export type Round = { kind: string; before: Step[]; atOnce: Step[] };

/** A round whose answers and final state fit no order in which its simultaneous commands could have been taken. */
export type Misfit = {
  round: Round;
  /** Under the order that fits best: the indexes of the commands, and where the target is different from it. */
  order: number[];
  label: string;
  asked: Step;
  differences: Difference[];
  answers: number[];
};

/** Performs a round on a target, and holds it to every serial order of the model. @returns undefined when one fits */
export async function race(round: Round, target: System, { timing, mark }: PlayOptions): Promise<Misfit | undefined> {
  const play = new Play(target, mark(), timing);
  const model = new Play(createModel(), mark(), timing);
  for (const step of round.before) {
    const [expected, actual] = [await model.perform(step), await play.perform(step)];
    const misfit = firstDifference(expected, actual);
    if (misfit) return { round, order: [], answers: [], ...misfit };
  }
  await introduceAll(round, model, play);
  const asked = round.atOnce.map((step) => play.ask(step));
  const responses = await Promise.all(asked.map(({ request }) => target.send(request)));
  const answers = responses.map(({ status }) => status);
  const seen = asked.map((one, index) => heard(play, one, responses[index]));
  for await (const one of lookAround(play, { hasEvents: false })) seen.push(one);
  return bestMisfit(round, model, seen, answers);
}

/** Nobody's account is made while the race is on. */
async function introduceAll({ atOnce }: Round, ...plays: Play[]): Promise<void> {
  for (const who of atOnce.flatMap(peopleIn)) for (const play of plays) await play.introduce(who);
}

async function bestMisfit(
  round: Round,
  model: Play<Forkable>,
  seen: Seen[],
  answers: number[],
): Promise<Misfit | undefined> {
  let best: (Misfit & { fitting: number }) | undefined;
  for (const order of ordersOf(round.atOnce.length)) {
    let fitting = 0;
    let misfit: ReturnType<typeof firstDifference>;
    for await (const expected of inOrder(round, model, order)) {
      misfit = firstDifference([expected], seen.slice(fitting, fitting + 1));
      if (misfit) break;
      fitting += 1;
    }
    if (!misfit) return undefined;
    if (!best || fitting > best.fitting) best = { round, order, answers, ...misfit, fitting };
  }
  return best;
}

/** What the model shows when the commands are taken in that order: their answers in the round's order, then the state. */
async function* inOrder({ atOnce }: Round, model: Play<Forkable>, order: number[]): AsyncGenerator<Seen> {
  const play = new Play(model.system.fork(), model.memory.mark, model.timing, structuredClone(model.memory), model.now);
  const asked = atOnce.map((step) => play.ask(step));
  const responses = [];
  for (const index of order) {
    const one = asked[index];
    if (one) responses[index] = await play.system.send(one.request);
  }
  for (const [index, one] of asked.entries()) yield heard(play, one, responses[index]);
  yield* lookAround(play, { hasEvents: false });
}

function heard(play: Play, asked: Asked, response: Parameters<Play['hear']>[1] | undefined): Seen {
  if (!response) throw new Error('every command of a round is sent');
  const { who, operation } = asked.step;
  return { label: `${who} ${operation}`, step: asked.step, observation: play.hear(asked, response) };
}

function firstDifference(
  expected: Seen[],
  actual: Seen[],
): Pick<Misfit, 'label' | 'asked' | 'differences'> | undefined {
  for (const [index, { label, step, observation }] of expected.entries()) {
    const other = actual[index]?.observation;
    if (!other || areEqual(observation, other)) continue;
    return { label, asked: step, differences: differences(observation, other) };
  }
  return undefined;
}
