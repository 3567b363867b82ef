import type { ProblemCode } from '@duet/contract/problems';
import { absoluteUrl, useBackends } from './backends.ts';
import type { HeartbeatOrder, HeartbeatReport } from './heartbeat.worker.ts';
import { useSession } from './session.ts';

type Options = {
  appointmentId: string;
  connectionId: string;
  /** The backend does not take it any more: not-joined, superseded, call-over. No further one is sent. */
  onRefused?: (code: ProblemCode) => void;
};

/** Tells the backend every 10 s that this connection lives, also while the tab is hidden, until it is stopped. */
export function startHeartbeat({ appointmentId, connectionId, onRefused }: Options): { stop(): void } {
  const session = useSession();
  const { current } = useBackends();
  const backendId = current.id;
  const url = `${absoluteUrl(current.url)}/v1/appointments/${appointmentId}/call/presence`;
  const worker = new Worker(new URL('heartbeat.worker.ts', import.meta.url), { type: 'module' });
  const tell = (order: HeartbeatOrder): void => worker.postMessage(order);
  worker.addEventListener('message', ({ data }: MessageEvent<HeartbeatReport>) => {
    if (data.kind === 'refused') onRefused?.(data.code as ProblemCode);
    if (data.kind !== 'expired') return;
    void session.renew(backendId, data.token).then((token) => token !== null && tell({ kind: 'token', token }));
  });
  const beat = (): void => tell({ kind: 'beat' });
  const events = ['online', 'pageshow'] as const;
  for (const name of events) globalThis.addEventListener(name, beat);
  document.addEventListener('visibilitychange', beat);
  tell({ kind: 'start', url, token: session.recordOf(backendId)?.token ?? '', connectionId });
  return {
    stop() {
      for (const name of events) globalThis.removeEventListener(name, beat);
      document.removeEventListener('visibilitychange', beat);
      worker.terminate();
    },
  };
}
