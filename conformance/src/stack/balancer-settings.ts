/** How the balancer watches its replicas, in milliseconds: patient with a slow one, quick with one that is not there. */
export const checks = { everyMs: 500, timeoutMs: 2000, fall: 3, rise: 1 } as const;

/**
 * For so long after its death a killed replica can be asked at most: it refuses connections, so each check fails at once,
 * and so many must fail in a row, the first of them an interval after the death.
 */
export const noticedWithinMs: number = checks.fall * checks.everyMs;

export type BalancerSettings = {
  port: number;
  /** The Unix socket by which replicas are put in and taken out; its path has at most 100 characters. */
  socket: string;
  /** How many replicas there can be at once, the old and the new ones together. */
  places: number;
};

/** Longer than the longest silence of an event stream, which is 15 s. */
const SILENCE = '60s';

/**
 * The configuration of HAProxy as it stands before the backends: every place empty, until a replica is put there.
 *
 * A request is tried again only when no connection to the replica came about, and then on another one: it never reached
 * a server. Nothing else is (no `0rtt-rejected`, no `empty-response`, no status).
 */
export function balancerConfiguration({ port, socket, places }: BalancerSettings): string {
  const { everyMs, timeoutMs, fall, rise } = checks;
  return `global
  maxconn 2000
  stats socket ${socket} mode 600 level admin

defaults
  mode http
  maxconn 2000
  timeout connect 1s
  timeout check ${timeoutMs}ms
  timeout queue 2s
  timeout http-request 10s
  # Below the 72 s of the backends, so that the balancer and not they closes idle connections.
  timeout http-keep-alive 60s
  timeout client ${SILENCE}
  timeout server ${SILENCE}
  retries 3
  retry-on conn-failure
  option redispatch 1
${noReplica}
frontend everybody
  bind 127.0.0.1:${port}
  monitor-uri ${monitorPath}
  unique-id-format %{+X}o%pid%rt%Ts
  default_backend replicas

backend replicas
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server inter ${everyMs}ms fall ${fall} rise ${rise}
  server-template place 1-${places} 127.0.0.1:1 check disabled
`;
}

/** Where the balancer answers itself that it is up. */
export const monitorPath = '/balancer/up';

/** What the balancer says itself when no replica is ready: the contract's problem, as a backend would say it. */
const noReplica = `  http-error status 503 content-type application/problem+json lf-string ${quoted(
  JSON.stringify({
    type: '/problems/service-unavailable',
    title: 'Not available at the moment',
    status: 503,
    detail: 'No replica is ready; try again soon.',
    code: 'service-unavailable',
    requestId: '%[unique-id]',
  }),
)} hdr Retry-After 1 hdr Cache-Control no-store hdr X-Content-Type-Options nosniff hdr X-Request-Id %[unique-id]
`;

function quoted(text: string): string {
  return `'${text}'`;
}
