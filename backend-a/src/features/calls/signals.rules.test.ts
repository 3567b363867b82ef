import { expect, test } from 'vitest';
import { placesOfSignalData } from './signals.rules.ts';

function nested(levels: number): object {
  return levels === 1 ? {} : { inner: nested(levels - 1) };
}

const frame = Buffer.byteLength('{"text":""}');

test.each([
  ['32,768 bytes', { text: 'x'.repeat(32_768 - frame) }, []],
  ['a byte more', { text: 'x'.repeat(32_769 - frame) }, ['/data x-max-json-bytes']],
  ['32 levels', nested(32), []],
  ['33 levels', nested(33), ['/data x-max-json-depth']],
  ['no object', 'text', []],
  ['U+0000 in a text', { list: ['a', '\0'] }, ['/data/list/1 pattern']],
  ['a lone surrogate in a name', { 'a/\ud800': 1 }, ['/data/a~1\ud800 pattern']],
])('%s', (_, data, places) => {
  expect(placesOfSignalData({ data }).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(places);
});
