import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Account, accountOf, environmentOf } from './account.ts';
import { CallbackDispatcher } from './callbacks/dispatcher.ts';
import { Clock } from './clock.ts';
import type { TwilioControl } from './control/control.ts';
import { controlPrefix, handleControl } from './control/handler.ts';
import { localControl } from './control/local-control.ts';
import { Door } from './door.ts';
import { FaultList } from './faults/fault-list.ts';
import { RequestLog } from './request-log.ts';
import { handleRest } from './rest/handler.ts';
import { DeadlineWatch } from './rooms/deadline-watch.ts';
import { Rooms } from './rooms/rooms.ts';
import type { IceServer } from './signalling/messages.ts';
import { Signalling } from './signalling/signalling.ts';

/**
 * Parts of the account that are not given are made up. `now` is the base of the clock in epoch milliseconds, the real
 * time unless given. `callbacksTo`: an origin that callbacks go to although they are signed over their own URL.
 */
export type EmulatorOptions = Partial<Account> & {
  host?: string;
  port?: number;
  now?: () => number;
  iceServers?: IceServer[];
  callbacksTo?: string;
};

/** `controlUrl` stays reachable while connections to `url` are refused. `environment` is what a backend needs. */
export type TwilioEmulator = {
  url: string;
  signallingUrl: string;
  controlUrl: string;
  account: Account;
  environment: Record<string, string>;
  control: TwilioControl;
  stop(): Promise<void>;
};

const signallingPath = '/signaling';

/** Starts the emulator on 127.0.0.1, on a free port unless one is given. Rejects when the port is taken. */
export async function startTwilioEmulator(options: EmulatorOptions = {}): Promise<TwilioEmulator> {
  const account = accountOf(options);
  const clock = new Clock(options.now ?? Date.now);
  const rooms = new Rooms(clock);
  const faults = new FaultList();
  const requests = new RequestLog();
  const callbacks = new CallbackDispatcher({ account, rooms, faults, callbacksTo: options.callbacksTo ?? null });
  const signalling = new Signalling({ account, rooms, iceServers: options.iceServers ?? [] });
  const watch = new DeadlineWatch(rooms);

  const toControl = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    handleControl(control, request, response);
  const onRequest = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    request.url?.startsWith(controlPrefix)
      ? toControl(request, response)
      : handleRest({ account, rooms, faults, requests }, request, response);
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] === signallingPath) signalling.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  };
  const host = options.host ?? '127.0.0.1';
  const door = new Door({ onRequest, onUpgrade }, { host, port: options.port ?? 0 });
  const backDoor = new Door({ onRequest: toControl }, { host, port: 0 });
  const control = localControl({ account, clock, rooms, watch, faults, callbacks, requests, signalling, door });

  await door.open();
  await backDoor.open();
  return {
    url: door.url,
    signallingUrl: `${door.url.replace(/^http/, 'ws')}${signallingPath}`,
    controlUrl: backDoor.url,
    account,
    environment: environmentOf(account, door.url),
    control,
    stop: async () => {
      watch.stop();
      signalling.stop();
      await Promise.all([door.shut(), backDoor.shut()]);
    },
  };
}
