import { styleText } from 'node:util';
import type { Outcome } from './records.ts';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'magenta' | 'cyan';
export type Paint = (style: Style, text: string) => string;
export type Terminal = { isTTY?: boolean | undefined; columns?: number | undefined };

/** Colours text for a terminal, or hands it back as it is. */
export function painter(isColoured: boolean): Paint {
  return (style, text) => (isColoured && text ? styleText(style, text, { validateStream: false }) : text);
}

/** NO_COLOR wins over FORCE_COLOR, and both over what the stream is. */
export function wantsColour(stream: Terminal, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

export const OUTCOME_STYLES: Record<Outcome, Style> = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  'known failure': 'yellow',
  flaky: 'yellow',
  'not tested': 'dim',
  error: 'magenta',
  'left out': 'dim',
};
