/** The reader's own way to write dates and times, where it is of the language shown: 'en' with 24 hours for en-GB. */
export function formatLocale(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.split('-')[0] === language) ?? language;
}
