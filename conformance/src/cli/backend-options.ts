import type { Command } from 'commander';
import { existingBackends, type BackendId } from '../stack/backends.ts';
import { StartError } from '../stack/errors.ts';
import { startStack, type Stack, type StackOptions } from '../stack/stack.ts';
import { oneOf, wholeNumber } from './values.ts';

export type HotPaths = 'orm' | 'statements';

/** The options of the commands that start the two backends. */
export type BackendChoice = { only?: BackendId; replicas: number; hotPaths?: HotPaths };

export function addBackendOptions(command: Command): Command {
  return command
    .option('--only <backend>', 'only backend a, or only b', oneOf(['a', 'b']))
    .option('--replicas <number>', 'processes of each backend', wholeNumber(1, 8), 2)
    .option(
      '--hot-paths <version>',
      "statements: the tuned version of the hot paths (a backend's default); orm: the plain one",
      oneOf(['orm', 'statements']),
    );
}

/**
 * Starts the chosen backends, on the databases in DATABASE_URL_A and DATABASE_URL_B where they are set.
 * @throws StartError, one line with the cause and the way out.
 */
export function startChosen(
  choice: BackendChoice,
  rest: Pick<StackOptions, 'data' | 'providers' | 'ports' | 'signal' | 'onLine' | 'sharesEmulator'> & {
    env?: Record<string, string>;
  },
): Promise<Stack> {
  const ids: BackendId[] = choice.only ? [choice.only] : ['a', 'b'];
  if (existingBackends().length === 0)
    throw new StartError('neither backend-a/ nor backend-b/ is here: judge another server with duet conform --target');
  return startStack({
    ...rest,
    ids,
    replicas: choice.replicas,
    databaseUrls: givenDatabases(),
    env: { ...(choice.hotPaths && { HOT_PATHS: choice.hotPaths }), ...rest.env },
    log: (line) => process.stderr.write(`${line}\n`),
  });
}

function givenDatabases(): Partial<Record<BackendId, string>> {
  const { DATABASE_URL_A: a, DATABASE_URL_B: b } = process.env;
  return { ...(a && { a }), ...(b && { b }) };
}
