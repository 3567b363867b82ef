import fc from 'fast-check';
import type { Operand } from '../step.ts';
import { fewTimesOther } from './pieces.ts';

/** Usual texts, and now and then one at a boundary: of lengths in code points, of white space, of spelling. */
const textOf = (usual: readonly string[], most: number): fc.Arbitrary<Operand> =>
  fewTimesOther<Operand>(
    usual[0] ?? '',
    fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom<Operand>(...usual) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Operand>(
          'x'.repeat(most),
          'x'.repeat(most + 1),
          '😀'.repeat(most),
          ' ',
          '\u3000',
          ' é e\u0301 ',
        ),
      },
    ),
    1,
  );

export const reason = textOf(['Cough', '', 'Cold', 'a, b; c\\d\ne'], 500);
export const messageText = textOf(['Hello', 'How are you?'], 4000);

/** Names by which people of the sequence are found, whose order tells code points from anything else. */
const found = ['Ana', 'a, b; c\\d', 'ana', 'Bo', 'Éva', '～', '😀', 'a_b', 'a%b', 'a\\b'];
const marked = (text: string): Operand => ({ $: 'name', text });
export const name = fewTimesOther<Operand>(
  marked('Ana'),
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...found).map(marked) },
    { weight: 1, arbitrary: textOf(['Nobody'], 100) },
  ),
  1,
);
export const specialty = fc.constantFrom<Operand>('Cardiology', marked('Skin'), ' ', 'x'.repeat(101));
export const query = fc.constantFrom<Operand>(
  marked(''),
  { $: 'mark' },
  ...['doctor', 'A', 'ANA', '_', '%', 'éva', '\\', 'Skin'].map(marked),
);

/** A password, and one that is nearly the same. */
export const passwordPairs: [string, string][] = [
  ['a good password', 'a good password'],
  ['é'.repeat(64) + 'a'.repeat(64), 'é'.repeat(64) + 'a'.repeat(63) + 'b'],
  ['x'.repeat(128), 'x'.repeat(127) + 'y'],
  ['x'.repeat(73), 'x'.repeat(72) + 'y'],
  [' spaced out ', 'spaced out'],
  ['ﬁne password', 'fine password'],
  ['ĀĀĀĀĀĀĀĀĀĀ', '\u0500'.repeat(10)],
  ['nine char', 'nine char'],
  ['x'.repeat(129), 'x'.repeat(129)],
  ['😀'.repeat(100), '😀'.repeat(100)],
  ['with a\ttab in it', 'with a\ttab in it'],
];
