import { useI18n } from 'vue-i18n';
import { useShortcuts } from '../../shell/shortcuts.ts';

type Verbs = { previous(): void; next(): void; today(): void };

/** Keys of the day view; their words follow the language. */
export function useDayShortcuts(verbs: Verbs): void {
  const { t } = useI18n();
  const shortcut = (key: string, name: string, run: () => void) => ({
    key,
    get label() {
      return t(`appointments.shortcuts.${name}`);
    },
    get group() {
      return t('appointments.day');
    },
    run,
  });
  useShortcuts([
    shortcut('[', 'previousDay', verbs.previous),
    shortcut(']', 'nextDay', verbs.next),
    shortcut('t', 'today', verbs.today),
  ]);
}
