/**
 * Mutants that no test of the suite can tell from the original, by id without the backend's name, each with the reason.
 * An id that is no mutant any more fails the run.
 */
export const accepted: Readonly<Record<'a' | 'b', Readonly<Record<string, string>>>> = { a: {}, b: {} };
