import http, { type IncomingMessage, type ServerResponse } from 'node:http';

export type Answer = { status: number; headers: http.OutgoingHttpHeaders; body: string };
export type Asked = { method: string; path: string; headers: http.IncomingHttpHeaders };

export type ProxyHooks = {
  /** An answer in place of the server's own. */
  instead?(asked: Asked): Answer | undefined;
  /** Whether this answer is changed; it is read to its end then. */
  isChanged?(asked: Asked, status: number): boolean;
  change?(answer: Answer, asked: Asked): Answer | Promise<Answer>;
  /** Whether the body of this request is read before it is passed on, or not passed on. */
  isRead?(asked: Asked): boolean;
  read?(
    asked: Asked,
    body: string,
  ): { instead: Answer } | { headers: Record<string, string>; body: string } | undefined;
  /** Sees the body of a request. */
  sees?(asked: Asked, body: string): void;
  /** Sees an answer that is under way. */
  underWay?(asked: Asked, response: ServerResponse): void;
};

/** A reverse proxy before the real server, which passes everything on as it comes, save for what the hooks do. */
export function createProxy(innerPort: number, hooks: ProxyHooks): http.Server {
  return http.createServer({ keepAlive: true }, (request, response) => {
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers };
    const instead = hooks.instead?.(asked);
    if (instead) {
      request.resume();
      send(response, instead);
      return;
    }
    hooks.underWay?.(asked, response);
    if (hooks.sees) watchBody(request, (body) => hooks.sees?.(asked, body));
    const take = (incoming: IncomingMessage) => answer(incoming, response, asked, hooks);
    if (hooks.isRead?.(asked)) {
      readFirst(innerPort, request, response, { asked, hooks, take }).catch(() => response.destroy());
      return;
    }
    request.pipe(passOn(innerPort, request, response, take));
  });
}

type Reading = { asked: Asked; hooks: ProxyHooks; take: (incoming: IncomingMessage) => void };

async function readFirst(port: number, request: IncomingMessage, response: ServerResponse, reading: Reading) {
  const { asked, hooks, take } = reading;
  const body = Buffer.concat(await request.toArray()).toString();
  const read = hooks.read?.(asked, body);
  if (read && 'instead' in read) return send(response, read.instead);
  const changed = {
    ...asked.headers,
    ...read?.headers,
    'content-length': String(Buffer.byteLength(read?.body ?? body)),
  };
  passOn(port, request, response, take, changed).end(read?.body ?? body);
}

function watchBody(request: IncomingMessage, take: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => take(Buffer.concat(chunks).toString()));
}

function passOn(
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
  take: (incoming: IncomingMessage) => void,
  headers: http.OutgoingHttpHeaders | readonly string[] = request.rawHeaders,
): http.ClientRequest {
  const { method, url: path } = request;
  const outgoing = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  outgoing.on('response', take);
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  return outgoing;
}

function answer(incoming: IncomingMessage, response: ServerResponse, asked: Asked, hooks: ProxyHooks): void {
  const status = incoming.statusCode ?? 502;
  const { connection: _, 'transfer-encoding': __, ...headers } = incoming.headers;
  if (!hooks.isChanged?.(asked, status)) {
    response.writeHead(status, headers);
    response.flushHeaders();
    incoming.pipe(response);
    incoming.on('error', () => response.destroy());
    return;
  }
  const changed = async () => {
    const body = Buffer.concat(await incoming.toArray()).toString();
    send(
      response,
      await Promise.resolve(hooks.change?.({ status, headers, body }, asked) ?? { status, headers, body }),
    );
  };
  changed().catch(() => response.destroy());
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'content-length': _, ...others } = headers;
  const isEmpty = status === 204 || status === 304;
  response.writeHead(status, { ...others, ...(!isEmpty && { 'content-length': String(Buffer.byteLength(body)) }) });
  response.end(isEmpty ? '' : body);
}
