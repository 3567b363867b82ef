import { expect, test } from 'vitest';
import { readContract } from './contract.ts';
import { schemaCompiler } from './schemas.ts';
import { requestCheck } from './validate.ts';

const { document, operations } = readContract();
const compile = schemaCompiler(document, { checksSchemas: true });

test.each([...operations.values()])('the schemas of $operationId compile', (operation) => {
  requestCheck(operation, compile);
  const schemas = [...operation.responses.values()].flatMap((byMediaType) => Object.values(byMediaType));
  for (const schema of schemas) compile(schema);
  expect(operation.responses.size).toBeGreaterThan(0);
});

test('a schema that is none does not compile', () => {
  expect(() => compile({ type: 'no such type' })).toThrow('schema is invalid');
});
