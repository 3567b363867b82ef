import type { Facts, ProductName } from '../records.ts';

const LAYERS = [
  'routes',
  'services',
  'rules',
  'repositories',
  'statements',
  'entities',
  'http',
  'video',
  'database',
  'other',
];

/** Invented sizes. */
export function fixtureFacts(): Facts[] {
  return [
    facts('floor', 100, ['pg']),
    facts('backend-a', 300, ['express', 'typeorm', 'pg', 'pino', 'ajv']),
    facts('backend-b', 250, ['fastify', '@prisma/client', '@prisma/adapter-pg', 'pino']),
  ];
}

function facts(product: ProductName, size: number, direct: string[]): Facts {
  const layers = product === 'floor' ? LAYERS.slice(4) : LAYERS;
  const log = { level: 30, msg: 'request completed', product, note: 'invented' };
  const text = `${JSON.stringify(log)}\n`;
  return {
    kind: 'facts',
    product,
    lines: layers.map((layer, index) => ({ layer, files: index + 1, lines: size + index * 10 })),
    testLines: size * 10,
    dependencies: { direct, transitive: size / 2, optionalPeers: 3 },
    installBytes: size * 1024 ** 2,
    optionalPeerBytes: size * 1024,
    buildMs: [size * 10, size * 11, size * 12],
    testMs: [size * 20, size * 21, size * 22],
    logs: [
      { mode: 'production', scenario: 'point-read', lines: 1, bytes: text.length, text },
      {
        mode: 'dev',
        scenario: 'point-read',
        lines: 3,
        bytes: text.length * 2,
        text: `GET /v1/appointments/1 200\n  select … (0.4 ms)\n${text}`,
      },
    ],
  };
}
