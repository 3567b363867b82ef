import { createI18n } from 'vue-i18n';
import { english } from './english.ts';
import type { AreaTexts } from './merge-texts.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'duet.language';

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en: english } as Record<string, AreaTexts>,
});

/** The chosen language, else the first of the browser's that is there. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  const wanted = [...(stored === null ? [] : [stored]), ...navigator.languages].map((tag) => tag.split('-')[0]);
  return wanted.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** Loads its texts when they are not there yet, and remembers the choice. */
export async function switchLanguage(language: Language, { remember = true } = {}): Promise<void> {
  if (language === 'de' && !i18n.global.availableLocales.includes('de')) {
    const { german } = await import('./german.ts');
    i18n.global.setLocaleMessage('de', german);
  }
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(storageKey, language);
}

function languageOf(tag: string | undefined): Language | undefined {
  return languages.find((language) => language === tag);
}
