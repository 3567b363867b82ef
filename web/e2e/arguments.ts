import { parseArgs } from 'node:util';
import type { Provider } from './stack/stack.ts';

export type Wish = {
  /** Stories marked as fast, with the provider peer alone. */
  isFast: boolean;
  /** How often the consultation is told; 0: every story once. */
  repeat: number;
  /** Where no Chromium is found that is said, and counts as well done. */
  mayBeLeftOut: boolean;
  providers: Provider[];
  /** Instead of stories: the pictures of the documentation. */
  isForPictures: boolean;
  /** Handed on to Playwright. */
  rest: string[];
};

const options = {
  fast: { type: 'boolean', default: false },
  repeat: { type: 'string', default: '0' },
  'where-possible': { type: 'boolean', default: false },
  screenshots: { type: 'boolean', default: false },
  provider: { type: 'string', multiple: true },
} as const;

export function wishOf(args: string[]): Wish {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const named = (values.provider ?? []).filter((name) => name === 'peer' || name === 'twilio');
  const usual: Provider[] = values.fast || values.screenshots ? ['peer'] : ['peer', 'twilio'];
  return {
    isFast: values.fast,
    repeat: Number(values.repeat),
    mayBeLeftOut: values['where-possible'],
    providers: named.length > 0 ? named : usual,
    isForPictures: values.screenshots,
    rest: positionals,
  };
}
