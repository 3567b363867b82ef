import { mergeTexts, type AreaTexts } from './merge-texts.ts';

export const english = mergeTexts(import.meta.glob<AreaTexts>('../**/*.en.json', { eager: true, import: 'default' }));
