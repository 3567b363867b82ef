import { expect, test } from 'vitest';
import { applied } from './mutant.ts';
import { isSql, mutateSql } from './mutate-sql.ts';

/** Each change, as `operator: the whole text with it`. */
function changed(text: string): string[] {
  return mutateSql(text).map((change) => `${change.operator}: ${applied(text, change)}`);
}

test('a condition is changed at its boundary, in its connective and by its opposite', () => {
  expect(changed('WHERE a.id = $1 AND a.at <= $2')).toEqual([
    'boundary: WHERE a.id = $1 AND a.at < $2',
    'equality: WHERE a.id <> $1 AND a.at <= $2',
    'connective: WHERE a.id = $1 OR a.at <= $2',
  ]);
});

test('what is set, or given to an index, is no condition', () => {
  expect(changed('UPDATE rooms SET sid = $2 WHERE id = $1')).toEqual([
    'equality: UPDATE rooms SET sid = $2 WHERE id <> $1',
  ]);
  expect(changed('EXCLUDE USING gist (doctor_id WITH =)')).toEqual([]);
});

test('between keeps its AND, and a range operator is no comparison', () => {
  expect(changed('CHECK (minutes BETWEEN 5 AND 120)')).toEqual([
    'number: CHECK (minutes BETWEEN 6 AND 120)',
    'number: CHECK (minutes BETWEEN 5 AND 121)',
  ]);
  expect(changed('WHERE span && other AND span <@ $1 AND data->>$2 IS NULL').map((text) => text.split(':')[0])).toEqual(
    ['connective', 'connective', 'null'],
  );
});

test('a lock, an order, a join and a range are changed', () => {
  expect(
    changed('SELECT FROM a LEFT JOIN b ON true WHERE NOT EXISTS (SELECT) ORDER BY a.id FOR NO KEY UPDATE'),
  ).toEqual([
    'lock: SELECT FROM a LEFT JOIN b ON true WHERE NOT EXISTS (SELECT) ORDER BY a.id',
    'direction: SELECT FROM a LEFT JOIN b ON true WHERE NOT EXISTS (SELECT) ORDER BY a.id DESC FOR NO KEY UPDATE',
    'existence: SELECT FROM a LEFT JOIN b ON true WHERE EXISTS (SELECT) ORDER BY a.id FOR NO KEY UPDATE',
    'join: SELECT FROM a JOIN b ON true WHERE NOT EXISTS (SELECT) ORDER BY a.id FOR NO KEY UPDATE',
  ]);
  expect(changed("SELECT tstzrange(a, b, '[)')")).toEqual(["range: SELECT tstzrange(a, b, '[]')"]);
});

test('a constraint of a table goes with its comma, one of a column by itself, a foreign key stays', () => {
  const table = `CREATE TABLE calls (
    id uuid NOT NULL CONSTRAINT calls_pkey PRIMARY KEY,
    doctor_id uuid CONSTRAINT calls_doctor_fkey REFERENCES accounts (id),
    CONSTRAINT calls_span_check CHECK (starts_at < (ends_at))
  )`;
  const constraints = changed(table).filter((text) => text.startsWith('constraint'));
  expect(constraints).toEqual([
    `constraint: ${table.replace(' CONSTRAINT calls_pkey PRIMARY KEY', '')}`,
    `constraint: ${table.replace(/,\s+CONSTRAINT calls_span_check.*\n\s+/, '')}`,
  ]);
});

test('a precision, a parameter and a comment are no numbers', () => {
  expect(changed('SELECT $1::timestamptz(3) -- at most 7\n LIMIT 20')).toEqual([
    'number: SELECT $1::timestamptz(3) -- at most 7\n LIMIT 21',
  ]);
});

test('statements are told from other texts', () => {
  expect(isSql('SELECT 1')).toBe(true);
  expect(isSql('a.id = $1 FROM accounts')).toBe(true);
  expect(isSql('Choose where and update it')).toBe(false);
});
