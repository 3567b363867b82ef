import { connect } from 'node:net';
import { StartError } from './errors.ts';

/** What HAProxy does with a place: `ready` sends people there, `drain` only keeps who is there, `maint` closes it. */
export type PlaceState = 'ready' | 'drain' | 'maint';

/** The commands of HAProxy's runtime socket that a replacement needs; `place` counts from 1. */
export const commands = {
  address: (place: number, { host, port }: { host: string; port: number }): string =>
    `set server replicas/place${place} addr ${host} port ${port}`,
  state: (place: number, state: PlaceState): string => `set server replicas/place${place} state ${state}`,
  places: (): string => 'show stat replicas 4 -1',
};

/** One place as HAProxy sees it. */
export type PlaceStatus = {
  name: string;
  /** UP, DOWN, MAINT, DRAIN, or one of them on its way (`UP 1/2`). */
  status: string;
  /** Requests and streams that are there now. */
  current: number;
  /** Connections that were tried again, and those that were handed to another place. */
  retries: number;
  redispatches: number;
};

/**
 * Sends one command to HAProxy's runtime socket.
 * @returns what it answers, without surrounding white space
 * @throws StartError when the socket cannot be reached or does not answer within 5 s.
 */
export function askBalancer(socket: string, command: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const connection = connect(socket);
  let said = '';
  const fail = (reason: string): void =>
    reject(new StartError(`the balancer does not answer at its socket ${socket}: ${reason}`));
  connection.setEncoding('utf8').setTimeout(5000, () => connection.destroy(new Error('no answer within 5 s')));
  connection.on('data', (text: string) => (said += text));
  connection.on('error', (error) => fail(error.message));
  connection.on('close', (hadError) => hadError || resolve(said.trim()));
  connection.end(`${command}\n`);
  return promise;
}

/**
 * Sends a command that changes something.
 * @throws StartError with the balancer's words when it refuses.
 */
export async function tellBalancer(socket: string, command: string): Promise<void> {
  const said = await askBalancer(socket, command);
  // A changed address is confirmed in words; everything else that is said is a refusal.
  if (said !== '' && !/^(IP|port) changed from|^no need to change/i.test(said))
    throw new StartError(`the balancer refuses '${command}': ${said.split('\n')[0]}`);
}

/** Reads the CSV of `show stat`, whose first line names the columns. */
export function readPlaces(csv: string): PlaceStatus[] {
  const [head = '', ...lines] = csv.replace(/^# /, '').split('\n');
  const columns = head.split(',');
  return lines.filter(Boolean).map((line) => {
    const values = line.split(',');
    const value = (column: string): string => values[columns.indexOf(column)] ?? '';
    return {
      name: value('svname'),
      status: value('status'),
      current: Number(value('scur')),
      retries: Number(value('wretr')),
      redispatches: Number(value('wredis')),
    };
  });
}
