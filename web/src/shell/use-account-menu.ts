import type { DropdownMenuItem } from '@nuxt/ui/components/DropdownMenu.vue';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useSession } from '../api/session.ts';
import { languages, switchLanguage } from '../i18n/i18n.ts';
import { themes, useTheme } from './theme.ts';

const themeIcons = { auto: 'i-lucide-monitor', light: 'i-lucide-sun', dark: 'i-lucide-moon' } as const;

/** What stands in the menu at the header's end. */
export function useAccountMenu(): { items: ComputedRef<DropdownMenuItem[][]> } {
  const { t, locale } = useI18n({ useScope: 'global' });
  const session = useSession();
  const router = useRouter();
  const { theme } = useTheme();

  const look = (): DropdownMenuItem[] => [
    { type: 'label', label: t('shell.theme.title') },
    ...themes.map((name) => ({
      type: 'checkbox' as const,
      label: t(`shell.theme.${name}`),
      icon: themeIcons[name],
      checked: theme.value === name,
      onUpdateChecked: () => (theme.value = name),
    })),
  ];
  const language = (): DropdownMenuItem[] => [
    { type: 'label', label: t('shell.language.title') },
    ...languages.map((name) => ({
      type: 'checkbox' as const,
      label: t(`shell.language.${name}`),
      checked: locale.value === name,
      onUpdateChecked: () => void switchLanguage(name),
    })),
  ];
  const help = (): DropdownMenuItem[] => [
    { label: t('shell.shortcuts.title'), icon: 'i-lucide-keyboard', to: { name: 'shortcuts' } },
  ];
  const person = (): DropdownMenuItem[] => [
    { type: 'label', label: session.account?.displayName ?? '' },
    { label: t('shell.places.profile'), icon: 'i-lucide-circle-user-round', to: { name: 'profile' } },
    { label: t('sessions.logout'), icon: 'i-lucide-log-out', onSelect: () => void leave() },
  ];
  const items = computed(() => [...(session.account ? [person()] : []), look(), language(), help()]);

  async function leave(): Promise<void> {
    await session.logout();
    await router.push({ name: 'login' });
  }
  return { items };
}
