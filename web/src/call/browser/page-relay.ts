import type { CallEvent, CallSessionOptions, JoinGrant, ReceivedSignal, Stop } from '../call-session.ts';

type RelayClient = Pick<
  CallSessionOptions,
  'join' | 'leaveCall' | 'sendSignal' | 'onSignal' | 'onCallEvent' | 'isOtherConnected' | 'heartbeat'
>;

class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The page's way to the relay, shaped as the web client's own requests and events are. */
export function relayClient(room: string, account: string): RelayClient {
  const base = `/api/${room}/${account}`;
  const signals = new Set<(signal: ReceivedSignal) => void>();
  const events = new Set<(event: CallEvent) => void>();
  const source = new EventSource(`${base}/events`);
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as CallEvent | { event: 'call.signal'; data: ReceivedSignal };
    if (event.event === 'call.signal') for (const handler of signals) handler(event.data);
    else for (const handler of events) handler(event);
  });

  async function post(path: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${base}/${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(() => null);
    if (!response) throw new Refusal('offline');
    const answer: unknown = await response.json();
    if (!response.ok) throw new Refusal((answer as { code: string }).code);
    return answer;
  }

  return {
    join: async () => (await post('join')) as JoinGrant,
    leaveCall: async (connectionId) => void (await post('leave', { connectionId })),
    sendSignal: async (signal) => void (await post('signals', signal)),
    onSignal: (handler) => added(signals, handler),
    onCallEvent: (handler) => added(events, handler),
    isOtherConnected: async () => ((await post('other')) as { connected: boolean }).connected,
    heartbeat: (connectionId, onRefused) => {
      const timer = setInterval(
        () =>
          post('presence', { connectionId }).catch(
            (error: Refusal) => error.code !== 'offline' && onRefused(error.code),
          ),
        500,
      );
      return { stop: () => clearInterval(timer) };
    },
  };
}

function added<Handler>(handlers: Set<Handler>, handler: Handler): Stop {
  handlers.add(handler);
  return () => void handlers.delete(handler);
}
