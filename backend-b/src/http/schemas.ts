import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { contractComponents, type JsonSchema, type Operation, type Parameter } from './contract.ts';

// That the contract is valid JSON Schema is for its own checks: at every start that would cost more than all else.
const ajv = new Ajv2020({ allErrors: true, strict: false, meta: false, validateSchema: false });
formats.default(ajv);
ajv.addSchema(contractComponents);

const CONFORMANCE_NOW: Parameter = {
  name: 'Conformance-Now',
  in: 'header',
  schema: { $ref: 'contract#/components/schemas/Instant' },
};

/** One validator over all four parts of a request, so that every offending place is found at once. */
export function compileRequestValidator(operation: Operation, hasConformanceClock: boolean): ValidateFunction {
  const parameters = hasConformanceClock ? [...operation.parameters, CONFORMANCE_NOW] : operation.parameters;
  return ajv.compile({
    type: 'object',
    properties: {
      path: parametersSchema(parameters, 'path'),
      query: { ...parametersSchema(parameters, 'query'), additionalProperties: false },
      header: parametersSchema(parameters, 'header'),
      ...(operation.bodySchema && { body: operation.bodySchema }),
    },
  });
}

export function compileSchema(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema);
}

function parametersSchema(parameters: Parameter[], place: Parameter['in']): JsonSchema {
  const placed = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(placed.map(({ name, schema }) => [name, schema])),
    required: placed.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  };
}

/** Follows a schema's reference, so that its type and default can be read. */
export function resolvedSchema(schema: JsonSchema): JsonSchema {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  const [, , group = '', name = ''] = $ref.split('/');
  const components: Record<string, Record<string, unknown>> = contractComponents.components;
  return resolvedSchema((components[group]?.[name] ?? {}) as JsonSchema);
}
