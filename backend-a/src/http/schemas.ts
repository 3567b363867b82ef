import { createRequire } from 'node:module';
import type * as AjvModule from 'ajv/dist/2020.js';
import type * as FormatsModule from 'ajv-formats/dist/formats.js';
import type { OpenApiDocument, Schema } from './contract.ts';
import { isInstant } from './instants.ts';

export type Compile = (schema: Schema) => AjvModule.ValidateFunction;

/**
 * A compiler of schemas that may refer to the contract's components. It changes nothing, neither trims nor coerces, counts
 * code points and reports every error. Whether a schema is one by its own rules is asked in tests alone.
 *
 * @rule http/text-verbatim
 */
export function schemaCompiler(document: OpenApiDocument, { checksSchemas = false } = {}): Compile {
  let ajv: AjvModule.Ajv2020 | undefined;
  return (schema) => {
    ajv ??= createAjv(document, checksSchemas);
    return ajv.compile(referringTo('contract', schema));
  };
}

function createAjv({ components }: OpenApiDocument, checksSchemas: boolean): AjvModule.Ajv2020 {
  // Loaded at the first use: a start, and the probes that follow it, have none.
  const load = createRequire(import.meta.url);
  const { Ajv2020 }: typeof AjvModule = load('ajv/dist/2020.js');
  const { fullFormats }: typeof FormatsModule = load('ajv-formats/dist/formats.js');
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    // The package's own date-time lets `t`, a space, second 60 and a bare `+00` through.
    formats: { ...fullFormats, 'date-time': { type: 'string', validate: isInstant } },
    discriminator: false,
    meta: checksSchemas,
    validateSchema: checksSchemas,
  });
  return ajv.addSchema({ $id: 'contract', components });
}

function referringTo(id: string, schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#/') ? id + value : value,
  );
}
