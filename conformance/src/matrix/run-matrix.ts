import { expect } from 'vitest';
import type { Actor, SendOptions } from '../actors.ts';
import type { Answer } from '../driver/answer.ts';
import { askForStream } from '../negatives/ask-for-stream.ts';
import type { RuleKit } from '../rule.ts';
import { type Cell, cellsOf, outcomeFor, tableOperations } from './cells.ts';
import { requests } from './requests.ts';
import { prepareStage, type Stage } from './stage.ts';
import type { ActorName } from './table.ts';

/** Declares a test for each operation: all its cells of these actors are asked, and answer as the table says. */
export function answersAsTheTable(test: RuleKit['test'], actors: readonly ActorName[]): void {
  let stage: Promise<Stage> | undefined;
  for (const operationId of tableOperations)
    test(`answers whoever asks as the table says in ${operationId}`, async ({ target }) => {
      stage ??= prepareStage(target.suite);
      const cells = cellsOf(operationId, actors);
      expect(cells.length).toBeGreaterThan(0);
      expect(await complaintsOf(await stage, cells), `of ${cells.length} requests`).toEqual([]);
    });
}

/** Asks the cells one after the other, and tells of those that are not answered as the table says. */
export async function complaintsOf(stage: Stage, cells: readonly Cell[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const cell of cells) {
    const { operationId, object, actor } = cell;
    const answer = await ask(stage.actor(actor), operationId, await requests[operationId](stage, cell));
    const expected = outcomeFor(cell, stage.target.meta.videoProvider);
    const actual = `${answer.status} ${answer.status < 400 ? '' : (answer.problem?.code ?? '')}`.trim();
    const challenge = answer.headers['www-authenticate'] ?? 'none';
    if (actual !== expected)
      complaints.push(`${operationId}, ${object}, ${actor}: expected ${expected}, but it is ${actual}`);
    else if (answer.status === 401 && challenge !== 'Bearer')
      complaints.push(`${operationId}, ${object}, ${actor}: expected WWW-Authenticate: Bearer, but it is ${challenge}`);
    if (operationId === 'logoutEverywhere' && answer.status === 204 && isPerson(actor)) await stage.logInAgain(actor);
  }
  return complaints;
}

function ask(actor: Actor, operationId: Cell['operationId'], options: SendOptions): Promise<Answer> {
  return operationId === 'streamEvents' ? askForStream(actor, options) : actor.send(operationId, options);
}

function isPerson(name: ActorName): name is Exclude<ActorName, 'nobody' | 'malformed' | 'revoked'> {
  return name !== 'nobody' && name !== 'malformed' && name !== 'revoked';
}
