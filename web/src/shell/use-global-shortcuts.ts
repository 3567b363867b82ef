import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useShortcuts } from './shortcuts.ts';

const places = { a: 'appointments', d: 'doctors', b: 'backends', p: 'profile' } as const;

/** The keys that work on every page. */
export function useGlobalShortcuts(): void {
  const { t } = useI18n();
  const router = useRouter();
  const group = computed(() => t('shell.shortcuts.everywhere'));
  useShortcuts([
    {
      key: '?',
      get label() {
        return t('shell.shortcuts.help');
      },
      get group() {
        return group.value;
      },
      run: () => void router.push({ name: 'shortcuts' }),
    },
    ...Object.entries(places).map(([letter, name]) => ({
      key: `g ${letter}`,
      get label() {
        return t(`shell.shortcuts.goTo.${name}`);
      },
      get group() {
        return group.value;
      },
      run: () => void router.push({ name }),
    })),
  ]);
}
