import type { EntitySchemaColumnOptions } from 'typeorm';

/** An instant to the millisecond. */
export function instant(name: string): EntitySchemaColumnOptions {
  return { name, type: 'timestamptz', precision: 3 };
}

export function optionalInstant(name: string): EntitySchemaColumnOptions {
  return { ...instant(name), nullable: true };
}

/** When the row was written by real time, whatever time the request was told; retention deletes by it. */
export function recordedAt(): EntitySchemaColumnOptions {
  return { ...instant('recorded_at'), default: () => 'now()', insert: false, update: false, select: false };
}
