import { expect, test } from 'vitest';
import { closureOf } from './closure.ts';

const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_vue.js'] },
  '_vue.js': { file: 'assets/vue.js' },
  'page.vue': { file: 'assets/page.js', imports: ['_vue.js', 'index.html'] },
};

test('what is imported by several is counted once', () => {
  expect(closureOf(manifest, ['index.html', 'page.vue']).toSorted()).toEqual([
    'assets/index.js',
    'assets/page.js',
    'assets/vue.js',
  ]);
});

test('a page that the build does not know is a mistake', () => {
  expect(() => closureOf(manifest, ['gone.vue'])).toThrow('gone.vue');
});
