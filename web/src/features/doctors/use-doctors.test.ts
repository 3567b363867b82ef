import { effectScope, ref } from 'vue';
import { afterAll, expect, test, vi } from 'vitest';

const answers: ((page: unknown) => void)[] = [];
const answer = (page: unknown): void => answers.shift()?.(page);

// Other tests of this worker know these modules by mocks of their own.
vi.resetModules();
vi.doMock('../../api/client.ts', () => ({
  useApi: () => ({ client: { GET: () => new Promise((answered) => answers.push(answered)) } }),
  call: (answered: unknown) => answered,
}));
vi.doMock('../../api/problem.ts', () => ({ ApiProblem: Error }));
const { useDoctors } = await import('./use-doctors.ts');
afterAll(() => vi.resetModules());

const ines = { id: 'ines', role: 'doctor', displayName: 'Ines', specialty: null };
const omar = { ...ines, id: 'omar', displayName: 'Omar' };

test('cards on show stay until the next search is answered', async () => {
  const scope = effectScope();
  const doctors = scope.run(() => useDoctors(ref('')));
  if (!doctors) throw new Error('no directory');
  expect(doctors.state.value).toBe('loading');
  answer({ items: [ines, omar], nextCursor: null });
  await vi.waitFor(() => expect(doctors.state.value).toBe('ready'));

  const search = doctors.load();
  expect(doctors.state.value).toBe('ready');
  expect(doctors.list.value.items.map(({ id }) => id)).toEqual(['ines', 'omar']);
  answer({ items: [omar], nextCursor: null });
  await search;
  expect(doctors.list.value.items.map(({ id }) => id)).toEqual(['omar']);
  scope.stop();
});
