import { mergeTexts, type AreaTexts } from './merge-texts.ts';

export const german = mergeTexts(import.meta.glob<AreaTexts>('../**/*.de.json', { eager: true, import: 'default' }));
