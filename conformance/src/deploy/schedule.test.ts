import { describe, expect, it } from 'vitest';
import { Schedule } from './schedule.ts';

describe('a schedule', () => {
  it('gives what has come since the last time, oldest first', () => {
    const schedule = new Schedule(1000, 100);
    expect(schedule.take(999)).toEqual([]);
    expect(schedule.take(1020)).toEqual([1000, 1010, 1020]);
    expect(schedule.take(1029)).toEqual([]);
    expect(schedule.take(1030)).toEqual([1030]);
  });

  it('catches up with what was missed and drifts by nothing', () => {
    const schedule = new Schedule(0, 300);
    const due = [...schedule.take(1), ...schedule.take(59_990), ...schedule.take(60_000)];
    expect(due).toHaveLength(18_001);
    expect(due.at(-1)).toBe(60_000);
  });
});
