import type { Shortcut } from './shortcuts.ts';

type Entry = Pick<Shortcut, 'key' | 'label'>;
type Area = { group: string; keys: Record<string, string> };

/** The keys that exist on one page alone, so that the help page can name them: src/<area>/<area>.shortcuts.ts. */
const areas = Object.values(import.meta.glob<Area>('../**/*.shortcuts.ts', { eager: true, import: 'pageShortcuts' }));

/** What works now, and what works on other pages, under their headings. */
export function shortcutGroups(active: Shortcut[], t: (key: string) => string): { name: string; shortcuts: Entry[] }[] {
  const groups = new Map<string, Entry[]>();
  for (const { group, key, label } of active) groups.set(group, [...(groups.get(group) ?? []), { key, label }]);
  for (const { group, keys } of areas) {
    groups.set(
      t(group),
      Object.entries(keys).map(([key, label]) => ({ key, label: t(label) })),
    );
  }
  return [...groups].map(([name, shortcuts]) => ({ name, shortcuts }));
}
