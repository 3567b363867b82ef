import { loadFaults } from '../faults/catalogue.ts';
import { isWrapped, type SpecimenFault } from '../faults/declare.ts';

const faults = await loadFaults();

/** A fault of the specimen, by its rule and name. @throws Error when there is none */
export function lieOf(key: string): SpecimenFault {
  const fault = faults.find(({ rule, name }) => `${rule} ${name}` === key);
  if (!fault || isWrapped(fault)) throw new Error(`no fault of the specimen is called ${key}`);
  return fault;
}
