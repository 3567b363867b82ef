import { expect } from 'vitest';
import { type Person, uniqueName } from '../../src/actors.ts';
import { rule } from '../../src/rule.ts';

/** In code point order, which neither a language's order nor that of UTF-16 units is. */
const IN_ORDER = [' Zoe', '%', 'ADA', 'Zoe', '_', 'adam', 'Äda', 'áda', '医生', '～', '𝔄', '😀'];

/** Names, how else they may be asked for, and what is not the same. */
const SPELLINGS: [name: string, same: string[], another: string[]][] = [
  ['Müller', ['müller', 'MÜLLER', 'mÜllER'], ['muller', 'mu\u0308ller', 'mueller', 'm%ller', 'm_ller']],
  ['ΟΔΟΣ', ['ΟΔΟΣ', 'οδο\u03C2', 'ΟΔΟ\u03C2'], ['οδο\u03C3', 'ΟΔΟC']],
  ['\u0130\u212A', ['\u0130K', 'i\u0307k', 'I\u0307\u212A'], ['ik', '\u0131k', 'IK']],
  ['Stra\u1E9Ee', ['straße', 'STRA\u1E9EE'], ['strasse', 'STRASSE']],
  ['ДОКТОР Жук', ['доктор жук', 'Доктор ЖУК'], ['доктор  жук', 'докторжук']],
  ['50%_\\d\\', ['50%_\\D\\'], ['50%d\\', '50%\\d\\', '50__\\d\\', '%', '5_%', '50\\%\\_\\\\d\\\\', '50%_\\\\d\\', '50%_d\\', '50%_\\d']],
  ['O\'Neil; -- "x" [a] (b)* $1 ? :c', ['o\'neil; -- "X" [A] (b)* $1 ? :C'], ['O\'\'Neil; -- "x" [a] (b)* $1 ? :c', '.*', 'o\'neil%']],
]; // prettier-ignore

function inCodePointOrder(one: string, other: string): number {
  const [ones, others] = [[...one], [...other]];
  const place = ones.findIndex((sign, index) => sign !== others[index]);
  if (place < 0) return ones.length - others.length;
  return (ones[place]?.codePointAt(0) ?? 0) - (others[place]?.codePointAt(0) ?? -1);
}

rule('doctors/directory', ({ test, people }) => {
  const [user] = people('user');
  const staff = people('doctor', 'doctor', 'doctor', 'doctor');
  const [grace] = staff;

  async function find(q: string, person: Person = user): Promise<string[]> {
    const page = await person.send('listDoctors', { query: { q, limit: 100 } });
    expect(page.status, q).toBe(200);
    return page.body.items.map(({ id }) => id);
  }

  async function rename(person: Person, body: { displayName?: string; specialty?: string }): Promise<void> {
    expect((await person.send('updateMe', { body })).status).toBe(200);
  }

  test('lists by displayName in code point order', async () => {
    const token = uniqueName();
    for (const person of staff) await rename(person, { specialty: `order ${token}` });
    for (let first = 0; first + 3 < IN_ORDER.length; first += 2) {
      const names = IN_ORDER.slice(first, first + 4);
      for (const [index, person] of staff.entries()) await rename(person, { displayName: names[3 - index] ?? '' });
      const page = await user.send('listDoctors', { query: { q: token }, replica: first / 2 });
      expect(page.body.items.map(({ displayName }) => displayName)).toEqual(names);
      expect(page.body.nextCursor).toBeNull();
    }
    const names = ['Äd', 'Äda', 'Äda ', 'Ådam'];
    for (const [index, person] of staff.entries()) await rename(person, { displayName: names[3 - index] ?? '' });
    expect(await find(token)).toEqual(staff.map(({ id }) => id).reverse());
  });

  test('lists those of one name by their id', async () => {
    const token = uniqueName();
    for (const person of staff) await rename(person, { displayName: `Duet ${token}` });
    expect(await find(token)).toEqual(staff.map(({ id }) => id).sort());
    await rename(grace, { displayName: `Duet ${token}!` });
    const last = await find(token);
    expect(last).toEqual([...staff.slice(1).map(({ id }) => id).sort(), grace.id]); // prettier-ignore
  });

  test('lists everybody in the same order when asked for nobody', async () => {
    const page = await grace.send('listDoctors', { query: { limit: 100 } });
    expect(page.status).toBe(200);
    expect(page.body.items.length).toBeGreaterThanOrEqual(4);
    const sorted = page.body.items.toSorted(
      (one, other) => inCodePointOrder(one.displayName, other.displayName) || (one.id < other.id ? -1 : 1),
    );
    expect(page.body.items).toEqual(sorted);
    expect(new Set(page.body.items.map(({ role }) => role))).toEqual(new Set(['doctor']));
  });

  test('lists doctors alone, with their public profiles alone', async () => {
    const token = uniqueName();
    await rename(user, { displayName: `Duet ${token}` });
    await rename(grace, { displayName: `Duet ${token}`, specialty: 'Hearts' });
    for (const person of [user, grace]) {
      const page = await person.send('listDoctors', { query: { q: token } });
      expect(page.body).toEqual({
        items: [{ id: grace.id, role: 'doctor', displayName: `Duet ${token}`, specialty: 'Hearts' }],
        nextCursor: null,
      });
    }
    expect(await find(user.email)).toEqual([]);
    expect(await find(grace.email)).toEqual([]);
    expect(await find(grace.id)).toEqual([]);
  });

  test('finds a part of the name or of the specialty, not of both', async ({ target }) => {
    const token = uniqueName();
    await rename(grace, { displayName: `Duet a${token}`, specialty: `${token}b hearts` });
    for (const q of [token, `a${token}`, `${token}b`, `t a${token}`, `${token}b h`])
      expect(await find(q)).toEqual([grace.id]);
    for (const q of [`${token}${token}`, `${token} ${token}`, `a${token}b`, `b${token}`])
      expect(await find(q)).toEqual([]);
    const [newcomer] = await target.people('doctor');
    expect(newcomer.account.specialty).toBeNull();
    expect(await find(newcomer.displayName)).toEqual([newcomer.id]);
    expect(await find(newcomer.displayName.slice(-8))).toContain(newcomer.id);
    expect(await find(`${newcomer.displayName}null`)).toEqual([]);
  });

  for (const [name, same, another] of SPELLINGS) {
    test(`finds ${name} as it is, but for its letter case`, async () => {
      const token = uniqueName();
      for (const place of ['displayName', 'specialty']) {
        await rename(grace, { displayName: 'Duet', specialty: 'Hearts', [place]: `${token} ${name} ${token}` });
        for (const q of [name, ...same].flatMap((text) => [
          `${token} ${text} ${token}`,
          `${token.toUpperCase()} ${text}`,
        ]))
          expect(await find(q), q).toEqual([grace.id]);
        for (const text of another) expect(await find(`${token} ${text} ${token}`), text).toEqual([]);
      }
    });
  }

  test('takes 1 to 100 code points, not all white space', async () => {
    const long = `${uniqueName()}${'😀'.repeat(84)}`;
    await rename(grace, { displayName: long });
    expect(await find(long)).toEqual([grace.id]);
    for (const q of ['', ' ', '\t', '\u00a0\u3000', 'x'.repeat(101), '😀'.repeat(101)]) {
      const answer = await user.send('listDoctors', { query: { q } });
      expect(answer, JSON.stringify(q)).toBeProblem(400, 'validation-failed');
      expect(new Set(answer.problem.errors.map((place) => `${place.in} ${place.pointer}`))).toEqual(
        new Set(['query /q']),
      );
    }
  });

  test('does not trim what is asked for', async () => {
    const token = uniqueName();
    await rename(grace, { displayName: `Duet ${token}`, specialty: `${token}\tx` });
    for (const q of [` ${token}`, `${token}\t`, `t ${token}`])
      expect(await find(q), JSON.stringify(q)).toEqual([grace.id]);
    for (const q of [`${token} `, `  ${token}`, `\t${token}`, `\n${token}`])
      expect(await find(q), JSON.stringify(q)).toEqual([]);
  });
});
