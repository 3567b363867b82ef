import { useEventListener } from '@vueuse/core';
import { onScopeDispose, shallowReactive } from 'vue';

export type Shortcut = {
  /** One key as KeyboardEvent.key gives it ('m', '?', 'Escape'), or two in a row ('g a'). */
  key: string;
  /** What it does, in the reader's language. */
  label: string;
  /** The heading it stands under on the help page. */
  group: string;
  run(): void;
};

const active = shallowReactive(new Set<Shortcut>());
const chainMs = 1000;

/** Offers keys while the scope lives. The newest offer of a key wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  for (const shortcut of shortcuts) active.add(shortcut);
  onScopeDispose(() => shortcuts.forEach((shortcut) => active.delete(shortcut)));
}

/** All keys that do something now. */
export function activeShortcuts(): Shortcut[] {
  return [...active];
}

/** Runs what the keys ask for; inert while somebody types or a dialog is open. To be called once, by the app. */
export function listenForShortcuts(): void {
  let first: { key: string; at: number } | undefined;
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const chained = first && event.timeStamp - first.at < chainMs ? `${first.key} ${event.key}` : undefined;
    const shortcut = (chained !== undefined && find(chained)) || find(event.key);
    first = shortcut ? undefined : { key: event.key, at: event.timeStamp };
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}

function find(key: string): Shortcut | undefined {
  return [...active].findLast((shortcut) => shortcut.key === key);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select') !== null
  );
}
