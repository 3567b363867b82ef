import { components, type Schema } from '../../specimen/contract.ts';

export {
  contractVersion,
  operations as documentedOperations,
  type Method,
  type Operation as DocumentedOperation,
  type Parameter as DocumentedParameter,
  type Schema,
} from '../../specimen/contract.ts';

/** A schema that refers to the document's others, and can stand alone. */
export const standing = (schema: Schema): Schema => ({ ...schema, components: { schemas: components['schemas'] } });
