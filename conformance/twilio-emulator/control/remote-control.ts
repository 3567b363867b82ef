import { isJson, textOf } from '../json.ts';
import type { CommandName } from './commands.ts';
import { controlPrefix } from './handler.ts';
import type { TwilioControl } from './control.ts';

/** The control of an emulator in another process, at its control address. A refusal is thrown as an Error. */
export function connectToEmulator(controlUrl: string): TwilioControl {
  const call = async <Result>(name: CommandName, options: object = {}): Promise<Result> => {
    const response = await fetch(new URL(controlPrefix + name, controlUrl), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(options),
    });
    const result: unknown = await response.json();
    if (!response.ok) throw new Error((isJson(result) && textOf(result, 'message')) || `${name}: ${response.status}`);
    // Both ends are this folder's: what the emulator sends is what the type says.
    return result as Result;
  };
  return {
    readAccount: () => call('readAccount'),
    readClock: (options) => call('readClock', options),
    setClock: (options) => call('setClock', options),
    advanceClock: (options) => call('advanceClock', options),
    connect: (options) => call('connect', options),
    disconnect: (options) => call('disconnect', options),
    complete: (options) => call('complete', options),
    vanish: (options) => call('vanish', options),
    dropSockets: (options) => call('dropSockets', options),
    listRooms: () => call('listRooms'),
    listRequests: (options) => call('listRequests', options),
    listCallbacks: (options) => call('listCallbacks', options),
    releaseCallbacks: (options) => call('releaseCallbacks', options),
    settled: () => call('settled'),
    addFault: (fault) => call('addFault', fault),
    removeFaults: (options) => call('removeFaults', options),
    refuseConnections: () => call('refuseConnections'),
    acceptConnections: () => call('acceptConnections'),
    reset: () => call('reset'),
  };
}
