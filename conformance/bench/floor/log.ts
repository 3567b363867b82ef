import { writeInstant } from './instants.ts';

/** The lines of one turn of the event loop go out together: a write costs more than the line. */
let waiting = '';

const flush = (): void => {
  process.stdout.write(waiting);
  waiting = '';
};

function say(line: string): void {
  if (waiting === '') setImmediate(flush);
  waiting += line;
}

export type Answered = {
  requestId: string;
  method: string;
  /** As documented, with its placeholders. */
  route: string | null;
  status: number;
  ms: number;
  accountId: string | null;
  error?: unknown;
};

const quoted = (text: string | null): string => (text === null ? 'null' : `"${text}"`);

/** One line a request. Nothing in it comes from the caller unchecked, so that nothing needs an escape. */
export function logRequest({ requestId, method, route, status, ms, accountId, error }: Answered): void {
  const failure = error === undefined ? '' : `,"error":${JSON.stringify(wordsOf(error))}`;
  say(
    `{"time":"${writeInstant(Date.now())}","level":"${status < 500 ? 'info' : 'error'}","requestId":"${requestId}",` +
      `"method":"${method}","route":${quoted(route)},"status":${status},"ms":${Math.round(ms * 10) / 10},` +
      `"accountId":${quoted(accountId)}${failure}}\n`,
  );
}

/** Where it failed, and not with what: a message may hold values. */
const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${(error.stack ?? '').split('\n').slice(1, 4).join(' ')}` : 'unknown';
