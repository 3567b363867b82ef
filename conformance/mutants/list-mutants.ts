import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Mutant, named } from './mutant.ts';
import { mutateSql } from './mutate-sql.ts';
import { mutateTypeScript } from './mutate-typescript.ts';

/** Where a backend decides: its rules, its statements, its constraints. */
const PLACES = [
  'src/features/*/*.rules.ts',
  'src/features/*/*.statements.ts',
  'src/db/migrations/[0-9]*.ts',
  'prisma/migrations/*/*.sql',
];

/** All mutants of a backend, file by file. @param folder the backend's */
export function listMutants(folder: string): Mutant[] {
  return globSync(PLACES, { cwd: folder })
    .map((file) => file.replaceAll(path.sep, '/'))
    .toSorted()
    .flatMap((file) => mutantsOf(file, readFileSync(path.join(folder, file), 'utf8')));
}

function mutantsOf(file: string, text: string): Mutant[] {
  if (!file.endsWith('.sql'))
    return mutateTypeScript(file, text).filter((mutant) => !isMigration(file) || isOfSql(mutant));
  const changes = mutateSql(text).map((change) => ({ ...change, operator: `SQL ${change.operator}` }));
  return named(file, text, changes, (offset) => statementAt(text, offset));
}

const isMigration = (file: string): boolean => file.startsWith('src/db/migrations/');
const isOfSql = ({ operator }: Mutant): boolean => operator.startsWith('SQL ');

/** The first words of the statement around an offset: what it makes, and the name of it. */
function statementAt(text: string, offset: number): string {
  const statement = text.slice(0, offset).split(';').at(-1) ?? '';
  return /(?:CREATE|ALTER|INSERT|UPDATE|DROP)[A-Z ]* \w+/.exec(statement)?.[0] ?? '';
}
