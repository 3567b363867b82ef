export type Corner = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';

type Point = { x: number; y: number };
type Size = { width: number; height: number };

/** The corner of `area` nearest to a point measured from its top left, in a page that reads `direction`. */
export function nearestCorner(point: Point, area: Size, direction: 'ltr' | 'rtl'): Corner {
  const vertical = point.y < area.height / 2 ? 'top' : 'bottom';
  const isLeft = point.x < area.width / 2;
  return `${vertical}-${isLeft === (direction === 'ltr') ? 'start' : 'end'}`;
}

const columns = { 'top-start': 0, 'bottom-start': 0, 'top-end': 1, 'bottom-end': 1 } as const;
const rows = { 'top-start': 0, 'top-end': 0, 'bottom-start': 1, 'bottom-end': 1 } as const;
const places: readonly (readonly Corner[])[] = [
  ['top-start', 'top-end'],
  ['bottom-start', 'bottom-end'],
];

/** Where an arrow key moves it; the same corner when there is nothing further that way. */
export function cornerTowards(corner: Corner, key: string, direction: 'ltr' | 'rtl'): Corner {
  const forwards = direction === 'ltr' ? 'ArrowRight' : 'ArrowLeft';
  let row: number = rows[corner];
  let column: number = columns[corner];
  if (key === 'ArrowUp') row = 0;
  else if (key === 'ArrowDown') row = 1;
  else if (key === 'ArrowLeft' || key === 'ArrowRight') column = key === forwards ? 1 : 0;
  return places[row]?.[column] ?? corner;
}
