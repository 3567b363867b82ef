import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Schema } from './contract.ts';
import { isInstant } from './instants.ts';

export type Compile = (schema: Schema) => ValidateFunction;

/**
 * A compiler of schemas that may refer to the contract's components. It changes nothing, neither trims nor coerces, counts
 * code points and reports every error.
 *
 * @rule http/text-verbatim
 */
export function schemaCompiler(document: OpenApiDocument): Compile {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true, discriminator: false });
  addFormats.default(ajv);
  // The package's own date-time lets `t`, a space, second 60 and a bare `+00` through.
  ajv.addFormat('date-time', { type: 'string', validate: isInstant });
  ajv.addSchema({ $id: 'contract', components: document.components });
  return (schema) => ajv.compile(referringTo('contract', schema));
}

function referringTo(id: string, schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#/') ? id + value : value,
  );
}
