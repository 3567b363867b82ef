/** Keeps a call's presence alive in a thread of its own: the timers of a hidden page are slowed down, a worker's are not. */
export type HeartbeatOrder =
  | { kind: 'start'; url: string; token: string; connectionId: string }
  | { kind: 'token'; token: string }
  | { kind: 'beat' };
export type HeartbeatReport =
  { kind: 'refused'; code: string } | { kind: 'expired'; token: string } | { kind: 'sent' } | { kind: 'failed' };

const everyMs = 10_000;
const againMs = 2000;

let order: Extract<HeartbeatOrder, { kind: 'start' }> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let isUnderWay = false;

self.addEventListener('message', ({ data }: MessageEvent<HeartbeatOrder>) => {
  if (data.kind === 'start') order = data;
  if (data.kind === 'token' && order) order = { ...order, token: data.token };
  if (data.kind === 'start') plan(everyMs);
  else void beat();
});

function plan(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void beat(), milliseconds);
}

async function beat(): Promise<void> {
  if (!order || isUnderWay) return;
  isUnderWay = true;
  const report = await send(order);
  isUnderWay = false;
  self.postMessage(report);
  if (report.kind === 'sent' || report.kind === 'failed') plan(report.kind === 'sent' ? everyMs : againMs);
}

async function send({
  url,
  token,
  connectionId,
}: {
  url: string;
  token: string;
  connectionId: string;
}): Promise<HeartbeatReport> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ connectionId }),
      signal: AbortSignal.timeout(5000),
    });
    if (response.ok) return { kind: 'sent' };
    if (response.status === 401) return { kind: 'expired', token };
    if (response.status >= 500) return { kind: 'failed' };
    const problem = (await response.json()) as { code?: string };
    return { kind: 'refused', code: problem.code ?? 'internal-error' };
  } catch {
    return { kind: 'failed' };
  }
}
