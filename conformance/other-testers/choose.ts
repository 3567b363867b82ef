import { type Fault, isWrapped, type SpecimenFault } from '../faults/declare.ts';

export type TriedFault = Extract<Fault, SpecimenFault>;

/** Those that show at a URL; the others are about starting and stopping a server, which no other tester does. */
export function atUrl(faults: Fault[]): TriedFault[] {
  return faults.filter((fault): fault is TriedFault => !isWrapped(fault));
}
