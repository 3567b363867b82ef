import { useI18n } from 'vue-i18n';
import { useShortcuts } from '../../../shell/shortcuts.ts';
import { pageShortcuts } from '../calls.shortcuts.ts';
import type { CallAction } from './call-actions.ts';

/** The keys of the buttons that are there at the moment; the others do nothing. */
export function useStageShortcuts(actions: () => CallAction[], also: { leave(): void; help(): void }): void {
  const { t } = useI18n();

  function run(key: string): void {
    if (key === 'L') also.leave();
    else if (key === '?') also.help();
    else
      actions()
        .find((action) => action.shortcut === key && !action.disabled)
        ?.run();
  }

  useShortcuts(
    Object.entries(pageShortcuts.keys).map(([key, label]) => ({
      key,
      get label() {
        return t(label);
      },
      get group() {
        return t(pageShortcuts.group);
      },
      run: () => run(key),
    })),
  );
}
