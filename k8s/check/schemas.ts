import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { nameOf, type Complaint, type Manifest } from './manifest.ts';

const FOLDER = path.join(import.meta.dirname, '../schemas');

export type Schemas = {
  /** Each file's module and version. */
  sources: string[];
  /** Everything that breaks the object's own schema; a field that it does not name is an error. */
  validate: (manifest: Manifest) => Complaint[];
};

/** Reads the committed schemas of Kubernetes and of the custom resources. */
export function readSchemas(): Schemas {
  // Go's patterns know no Unicode mode, formats are checked by the server alone, and for some dozens of objects optimizing
  // costs more than it saves.
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    unicodeRegExp: false,
    code: { optimize: false },
  });
  const sources = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ndjson'))
    .map((file) => {
      const [head, ...definitions] = readFileSync(path.join(FOLDER, file), 'utf8').trim().split('\n');
      for (const line of definitions) {
        const { id, schema } = JSON.parse(line) as { id: string; schema: object };
        ajv.addSchema(schema, id);
      }
      return (JSON.parse(head ?? '{}') as { source: string }).source;
    });
  return { sources, validate: (manifest) => complaintsOf(manifest, find(ajv, manifest)) };
}

function find(ajv: Ajv, { apiVersion, kind }: Manifest): ValidateFunction | undefined {
  return ajv.getSchema(`/kinds/${apiVersion}/${kind}`);
}

function complaintsOf(manifest: Manifest, validate: ValidateFunction | undefined): Complaint[] {
  const where = nameOf(manifest);
  if (!validate) return [{ where, cause: `no schema for ${manifest.apiVersion}: add it in schemas/sources.ts` }];
  if (validate(manifest)) return [];
  const causes = (validate.errors ?? []).map(wordsOf);
  return [...new Set(causes)].map((cause) => ({ where, cause }));
}

function wordsOf({ instancePath, keyword, message = '', params }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.') || 'the object';
  if (keyword === 'additionalProperties') {
    return `${place} has the unknown field ${(params as { additionalProperty: string }).additionalProperty}`;
  }
  const allowed = keyword === 'enum' ? `: ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}` : '';
  return `${place} ${message}${allowed}`;
}
