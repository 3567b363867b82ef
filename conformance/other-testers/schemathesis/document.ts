import type { JsonObject } from '../../src/driver/contract.ts';

/** What Python's expressions have no word for, in their own words; the surrogates that it leaves out are not sent anyway. */
const IN_PYTHON: [string, string][] = [
  ['(?=[^]*\\P{White_Space})[^\\u0000\\p{Cs}]*', '[^\\u0000]*[^\\s\\u0000][^\\u0000]*'],
  ['(?=[^\\p{White_Space}]{3,254}[\\t-\\r ]*$)', ''],
  ['\\p{White_Space}', '\\s'],
  ['\\p{Cs}', ''],
];

/**
 * The contract for Schemathesis, which makes up no text for a pattern with properties of Unicode and so would leave
 * three operations out, and all sequences with them.
 * @throws Error for a pattern that is not said in other words here
 */
export function documentFor(contract: JsonObject): string {
  return JSON.stringify(contract, (key, value: unknown) =>
    key === 'pattern' && typeof value === 'string' ? inPython(value) : value,
  );
}

export function inPython(pattern: string): string {
  const said = IN_PYTHON.reduce((text, [from, to]) => text.replaceAll(from, to), pattern);
  if (/\\[pP]\{/.test(said)) throw new Error(`say the pattern ${pattern} in Python's words as well`);
  return said;
}
