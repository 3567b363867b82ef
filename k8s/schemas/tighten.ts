export type Json = { [name: string]: unknown };

/** A schema by its id: `/kinds/apps/v1/Deployment` for what a manifest can be, else a slash and the name it is referred to by. */
export type Definition = { id: string; schema: Json };

const META = '/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
/** What a schema's meaning rests on; descriptions and hints for other programs are left out. */
const KEPT = new Set([
  '$ref',
  'additionalProperties',
  'allOf',
  'anyOf',
  'enum',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'nullable',
  'oneOf',
  'not',
  'pattern',
  'properties',
  'required',
  'type',
]);

/** The schemas of some kinds of Kubernetes' own, and all that they refer to. @param kinds such as apps/v1/Deployment */
export function fromSwagger(swagger: Json, kinds: readonly string[]): Definition[] {
  const all = swagger['definitions'] as Record<string, Json>;
  const found = new Map<string, Json>();
  const include = (name: string): void => {
    const original = all[name];
    if (found.has(name) || !original) return;
    const schema = tighten(original);
    found.set(name, schema);
    for (const [, other = ''] of JSON.stringify(original).matchAll(/"#\/definitions\/([^"]+)"/g)) include(other);
  };
  const heads = kinds.map((kind): Definition => {
    const name = Object.keys(all).find((each) => kindsOf(all[each] ?? {}).includes(kind));
    if (name === undefined) throw new Error(`${kind} is no kind of this version`);
    include(name);
    const [apiVersion, word] = [kind.slice(0, kind.lastIndexOf('/')), kind.slice(kind.lastIndexOf('/') + 1)];
    const isWhole = { properties: { apiVersion: { const: apiVersion }, kind: { const: word } } };
    return {
      id: `/kinds/${kind}`,
      schema: { ...isWhole, required: ['apiVersion', 'kind', 'metadata'], $ref: `/${name}` },
    };
  });
  const rest = [...found].map(([name, schema]): Definition => ({ id: `/${name}`, schema }));
  return [...heads, ...rest.toSorted((one, other) => (one.id < other.id ? -1 : 1))];
}

/** The schemas of a custom resource, one for each version that is served; `metadata` is Kubernetes' own. */
export function fromCrd(crd: Json): Definition[] {
  type Version = { name: string; served: boolean; schema: { openAPIV3Schema: Json } };
  const { group, names, versions } = crd['spec'] as { group: string; names: { kind: string }; versions: Version[] };
  return versions
    .filter(({ served }) => served)
    .map(({ name, schema: { openAPIV3Schema } }) => {
      const schema = tighten(openAPIV3Schema);
      const properties = { ...(schema['properties'] as Json), metadata: { $ref: META } };
      const required = ['apiVersion', 'kind', 'metadata', 'spec'];
      return { id: `/kinds/${group}/${name}/${names.kind}`, schema: { ...schema, properties, required } };
    });
}

/** The same schema, closed: a field that it does not name is an error, as `kubectl apply --validate=strict` has it. */
export function tighten(original: Json): Json {
  if (original['format'] === 'int-or-string' || original['x-kubernetes-int-or-string'] === true) return INT_OR_STRING;
  const schema: Json = {};
  for (const [name, value] of Object.entries(original)) if (KEPT.has(name)) schema[name] = tightenMember(name, value);
  if (typeof schema['$ref'] === 'string') schema['$ref'] = schema['$ref'].replace('#/definitions/', '/');
  const isOpen = original['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in original;
  if ('properties' in original && !isOpen) schema['additionalProperties'] = false;
  return schema;
}

const INT_OR_STRING = { type: ['integer', 'string'] };

function tightenMember(name: string, value: unknown): unknown {
  if (name === 'properties') {
    return Object.fromEntries(Object.entries(value as Record<string, Json>).map(([key, each]) => [key, tighten(each)]));
  }
  if (name === 'items' || name === 'not' || (name === 'additionalProperties' && typeof value === 'object'))
    return tighten(value as Json);
  // Go lets a modifier stand for itself, JavaScript wants it around what it means.
  if (name === 'pattern') return String(value).replace(/^\^\(\?i\)(.*)\$$/, '^(?i:$1)$');
  // Alternatives repeat parts of what stands beside them: closed, none of them would fit.
  return value;
}

function kindsOf(schema: Json): string[] {
  type Gvk = { group: string; version: string; kind: string };
  const listed = (schema['x-kubernetes-group-version-kind'] ?? []) as Gvk[];
  return listed.map(({ group, version, kind }) => [group, version, kind].filter((part) => part !== '').join('/'));
}
