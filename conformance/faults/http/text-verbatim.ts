import { changingWhere, withJson } from '../answers.ts';
import { faults } from '../declare.ts';
import { forgiving, refusingText, valueAt } from '../validation.ts';

const holds = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value);
const names = ['displayName', 'specialty', 'reason'];

export default faults('http/text-verbatim', {
  normalised: {
    describe: 'text is kept in normal form C',
    override: () => ({ keptText: (text) => text.normalize('NFC') }),
  },
  trimmed: {
    describe: 'white space around a text is dropped',
    override: () => ({ keptText: (text) => text.trim() || text }),
  },
  'line-ends-unified': {
    describe: 'CR LF becomes LF',
    override: () => ({ keptText: (text) => text.replaceAll('\r\n', '\n') }),
  },
  'joiners-dropped': {
    describe: 'zero-width joiners are dropped',
    override: () => ({ keptText: (text) => text.replaceAll('\u200D', '') }),
  },
  'nul-dropped': {
    describe: 'U+0000 is dropped in silence',
    neighbours: ['accounts/password', 'accounts/profile', 'http/pages'],
    override: () => ({
      toldErrors: forgiving((error, request) => error.rule === 'pattern' && holds(valueAt(error, request), /\0/)),
      keptText: (text) => text.replaceAll('\0', ''),
    }),
  },
  'surrogates-replaced': {
    describe: 'a lone surrogate is replaced',
    neighbours: ['accounts/password', 'accounts/profile'],
    override: () => ({
      toldErrors: forgiving((error, request) => error.rule === 'pattern' && holds(valueAt(error, request), /\p{Cs}/u)),
      keptText: (text) => text.toWellFormed(),
    }),
  },
  'utf-16-counted': {
    describe: 'lengths count UTF-16 units',
    neighbours: ['accounts/profile', 'http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found, request) =>
        [
          ...found,
          ...refusingText(['displayName', 'specialty'], (text) => text.length > 100, 'maxLength')([], request),
          ...refusingText(['reason'], (text) => text.length > 500, 'maxLength')([], request),
        ].filter((error, index, all) => all.findIndex(({ pointer }) => pointer === error.pointer) === index),
    }),
  },
  'bytes-counted': {
    describe: 'the length of a reason counts bytes',
    override: () => ({
      toldErrors: (found, request) =>
        found.length > 0
          ? found
          : refusingText(['reason'], (text) => Buffer.byteLength(text) > 500, 'maxLength')([], request),
    }),
  },
  'plus-is-a-plus': {
    describe: 'a plus in a query is no space: nothing is found by it',
    intercept: changingWhere(
      ({ status }, { operationId, query }) => status === 200 && operationId === 'listDoctors' && query.includes('+'),
      withJson((page) => ({ ...page, items: [], nextCursor: null })),
    ),
  },
  'zero-width-is-white': {
    describe: 'a name of zero-width characters alone is refused as white space',
    neighbours: ['accounts/profile'],
    override: () => ({
      toldErrors: (found, request) =>
        found.length > 0
          ? found
          : refusingText(names, (text) => /^[\u200B-\u200D\uFEFF\s]+$/.test(text), 'pattern')([], request),
    }),
  },
});
