import type { Finding } from '../tester.ts';
import type { Transaction } from './transaction.ts';

/**
 * What Dredd found, from the lines that its hooks wrote, one JSON object for each request.
 * The operation is named by its path's template and the answer that was expected, as in Dredd's own titles.
 */
export function readResults(text: string): { findings: Finding[]; tried: number } {
  const transactions = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Transaction);
  const tried = transactions.filter(({ skip }) => skip !== true);
  return { findings: tried.flatMap(findingsOf), tried: tried.length };
}

function findingsOf(transaction: Transaction): Finding[] {
  const { request, expected, name, results, fail, errors = [] } = transaction;
  const template = name.split(' > ').find((title) => title.startsWith('/')) ?? '';
  const operation = `${request.method} ${template} ${expected.statusCode}`;
  if (fail) return [{ operation, check: 'hook', message: errors.map(({ message }) => message).join('\n') }];
  if (!results?.fields) return [{ operation, check: 'answer', message: 'no answer came' }];
  return Object.entries(results.fields)
    .filter(([, { valid }]) => !valid)
    .map(([check, field]) => ({ operation, check, message: field.errors.map(({ message }) => message).join('\n') }));
}
