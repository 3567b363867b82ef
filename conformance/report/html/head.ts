import { markup, type Markup, verbatim } from './markup.ts';

/** What stands in the head of every page of ours: nothing is fetched, and both colour schemes are known. */
export function pageHead({ title, policy, style }: { title: string; policy: string; style: string }): Markup {
  return markup`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Duet</title>
<link rel="icon" href="data:,">
<style>${verbatim(style)}</style>`;
}
