export type Layer = (typeof layers)[number];

/** In the order in which a request meets them. */
export const layers = [
  'http',
  'routes',
  'services',
  'rules',
  'repositories',
  'statements',
  'entities',
  'schema',
  'database',
  'video',
  'other',
] as const;

/** A file's path from the product's folder, by what its layer is known; the first that fits. */
const ofBackend: [RegExp, Layer][] = [
  [/\.(sql|prisma)$|\/migrations\//, 'schema'],
  [/\.routes\.ts$/, 'routes'],
  [/\.service\.ts$/, 'services'],
  [/\.rules\.ts$/, 'rules'],
  [/\.repository\.ts$/, 'repositories'],
  [/\.statements\.ts$/, 'statements'],
  [/\.entity\.ts$/, 'entities'],
  [/^src\/http\//, 'http'],
  [/^src\/db\//, 'database'],
  [/^src\/video\//, 'video'],
];

/** The floor's operations are route, service, rules and repository in one; their statements stand apart. */
const ofFloor: [RegExp, Layer][] = [
  [/\.sql$/, 'schema'],
  [/^operations\//, 'services'],
  [/^statements\//, 'statements'],
  [/^http\//, 'http'],
  [/^database\.ts$/, 'database'],
];

export function layerOf(product: string, file: string): Layer {
  const known = product === 'floor' ? ofFloor : ofBackend;
  return known.find(([pattern]) => pattern.test(file))?.[1] ?? 'other';
}
