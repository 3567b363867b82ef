import { Person } from '../people/person.ts';

/** One more tab of the same window. */
export async function openTab({ page, account, login }: Person): Promise<Person> {
  return new Person(await page.context().newPage(), account, login);
}
