import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

type Encoding = 'br' | 'gzip';
type StaticFile = {
  body: Buffer;
  type: string;
  tag: string;
  isForever: boolean;
  compressed: Partial<Record<Encoding, Promise<Buffer>>>;
};

const compressors: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const compressible = /^(text|application)|svg/;

/** The files of a folder, held in memory: nothing outside it can be asked for. */
export class StaticFiles {
  readonly #files: Map<string, StaticFile>;

  constructor(folder: string) {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !isHidden(path.relative(folder, entry.parentPath), entry.name),
    );
    this.#files = new Map(
      names.map(({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        return [`/${path.relative(folder, file).split(path.sep).join('/')}`, read(file)];
      }),
    );
  }

  /** Whether the page itself is there. */
  static isBuilt(folder: string): boolean {
    return existsSync(path.join(folder, 'index.html'));
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** Paths of the client's own pages are answered with the page, which knows them. */
  async send(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.#files.get(name) ?? this.#files.get('/index.html');
    if (!file) throw new Error('the client has no index.html');
    const encoding = compressible.test(file.type) ? encodingFor(request) : undefined;
    response.setHeader('ETag', file.tag);
    response.setHeader('Content-Type', file.type);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('Cache-Control', file.isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (request.headers['if-none-match'] === file.tag) return void response.writeHead(304).end();
    const body = encoding ? await (file.compressed[encoding] ??= compressors[encoding](file.body)) : file.body;
    if (encoding) response.setHeader('Content-Encoding', encoding);
    response.setHeader('Content-Length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

function read(file: string): StaticFile {
  const body = readFileSync(file);
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  // The build puts a hash of the content into the names below assets/.
  return { body, type, tag, isForever: /[/\\]assets[/\\]/.test(file), compressed: {} };
}

/** Over plain HTTP some clients offer gzip alone. */
function encodingFor({ headers }: IncomingMessage): Encoding | undefined {
  const accepted = String(headers['accept-encoding'] ?? '');
  return (['br', 'gzip'] as const).find((encoding) => new RegExp(`\\b${encoding}\\b`).test(accepted));
}

/** What the build keeps for itself: its manifest, its mark. */
function isHidden(folder: string, name: string): boolean {
  return [...folder.split(path.sep), name].some((part) => part.startsWith('.'));
}
