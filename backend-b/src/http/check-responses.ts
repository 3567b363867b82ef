import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import type { Operation } from './contract.ts';
import { compileSchema } from './schemas.ts';

/**
 * While developing: an answer that the contract does not document becomes a 500 whose log says what did not fit.
 * @rule http/documented-response
 */
export const responseChecks = plugin(
  async (app: FastifyInstance) => {
    const validators = new Map<string, ValidateFunction>();
    app.addHook('onSend', async (request, reply, payload) => {
      const operation = request.routeOptions.config?.operation;
      if (!operation || request.failure || (typeof payload !== 'string' && payload !== undefined && payload !== null)) {
        return payload;
      }
      const fault = findFault(operation, request, reply, payload ?? undefined, validators);
      if (fault) throw new Error(fault);
      return payload;
    });
  },
  { name: 'response-checks' },
);

function findFault(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: string | undefined,
  validators: Map<string, ValidateFunction>,
): string | undefined {
  const { statusCode } = reply;
  const what = `${operation.id} answered ${statusCode}`;
  const schemas = operation.responses[statusCode];
  if (!schemas) return `${what}, which the contract does not document`;
  if (payload === undefined || payload === '' || request.method === 'HEAD') return undefined;
  const mediaType = String(reply.getHeader('content-type')).split(';')[0] ?? '';
  const schema = schemas[mediaType];
  if (!schema) return `${what} as ${mediaType}, which the contract does not document`;
  const key = `${operation.id} ${statusCode} ${mediaType}`;
  const validate = validators.get(key) ?? compileSchema(schema);
  validators.set(key, validate);
  const value: unknown = mediaType.endsWith('json') ? JSON.parse(payload) : payload;
  if (validate(value)) return undefined;
  const faults = validate.errors?.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ');
  return `${what} with a body that does not fit: ${faults}`;
}
