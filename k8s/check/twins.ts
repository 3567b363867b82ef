import { stringify } from 'yaml';
import type { Build } from './manifest.ts';

/**
 * Where two builds that should differ in the letter of their backend alone differ in more: what one service needs and the
 * other lacks was forgotten in one of the components.
 */
export function differencesOfTwins(one: Build, other: Build): string[] {
  const [mine, theirs] = [neutral(one), neutral(other)];
  const names = new Set([...mine.keys(), ...theirs.keys()]);
  return [...names].flatMap((name) => {
    const [left, right] = [mine.get(name), theirs.get(name)];
    if (left === right) return [];
    if (left === undefined || right === undefined) return [`${name} is only in one of them`];
    const [lines, others] = [left.split('\n'), right.split('\n')];
    const place = others.findIndex((line, index) => line !== lines[index]);
    return [`${name}: ${lines[place]?.trim() || 'nothing'} and ${others[place]?.trim() || 'nothing'}`];
  });
}

/** Every object by its name, as text, without the letter. */
function neutral({ manifests }: Build): Map<string, string> {
  const anonymous = manifests.map((manifest) => {
    const text = stringify(manifest, { aliasDuplicateObjects: false }).replaceAll(
      /\b(backend|database|migrate)-[ab]\b/g,
      '$1-x',
    );
    const name = `${manifest.kind} ${manifest.metadata.name.replace(/^(database|migrate)-[ab]/, '$1-x')}`;
    return [`${name} in ${manifest.metadata.namespace ?? 'no namespace'}`, text] as const;
  });
  return new Map(anonymous);
}
