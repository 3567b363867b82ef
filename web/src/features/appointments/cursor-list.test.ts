import { expect, test } from 'vitest';
import { emptyList, withItem, withPage, type CursorList } from './cursor-list.ts';

type Item = { id: string; place: number; text?: string };
const compare = (one: Item, other: Item) => one.place - other.place;
const list = (places: number[], nextCursor: string | null): CursorList<Item> => ({
  items: places.map((place) => ({ id: `i${place}`, place })),
  nextCursor,
});
const places = (of: CursorList<Item>) => of.items.map((item) => item.place);

test('pages follow each other without doubles', () => {
  const first = withPage(emptyList<Item>(), list([1, 2], 'more'));
  const second = withPage(first, list([2, 3], null));
  expect(places(second)).toEqual([1, 2, 3]);
  expect(second.nextCursor).toBeNull();
});

test('a new item goes to its place', () => {
  expect(places(withItem(list([1, 3], null), { id: 'n', place: 2 }, compare, true))).toEqual([1, 2, 3]);
  expect(places(withItem(list([1, 3], null), { id: 'n', place: 4 }, compare, true))).toEqual([1, 3, 4]);
  expect(places(withItem(emptyList<Item>(), { id: 'n', place: 4 }, compare, true))).toEqual([4]);
});

test('an item beyond the loaded pages waits for its page', () => {
  expect(places(withItem(list([1, 3], 'more'), { id: 'n', place: 4 }, compare, true))).toEqual([1, 3]);
});

test('a changed item is replaced where it stands, also at the edge', () => {
  const changed = withItem(list([1, 3], 'more'), { id: 'i3', place: 3, text: 'new' }, compare, true);
  expect(changed.items).toEqual([
    { id: 'i1', place: 1 },
    { id: 'i3', place: 3, text: 'new' },
  ]);
});

test('an item that no longer belongs leaves the list', () => {
  expect(places(withItem(list([1, 2, 3], null), { id: 'i2', place: 2 }, compare, false))).toEqual([1, 3]);
});
