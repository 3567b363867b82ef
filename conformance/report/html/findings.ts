import { curlLine } from '../curl.ts';
import type { Finding } from '../findings.ts';
import type { Exchange, Failure } from '../records.ts';
import { clip, count, duration, number } from '../text.ts';
import { commonEnds, valuesOf } from '../values.ts';
import { layOutJson } from './json-layout.ts';
import { markup, type Markup } from './markup.ts';
import { symbol } from './outcomes.ts';

const FINDINGS_SHOWN = 10;
const EXCHANGES_SHOWN = 3;
const BODY_LENGTH = 20_000;
const VALUE_LENGTH = 4_000;

/** What is wrong: the words, what was expected and came, and the exchanges with a curl line each. */
export function findings(all: readonly Finding[]): Markup | null {
  if (all.length === 0) return null;
  const omitted = all.length - FINDINGS_SHOWN;
  const more = omitted > 0 ? markup`<p class="quiet">… and ${count(omitted, 'more finding')} in the stream</p>` : null;
  return markup`${all.slice(0, FINDINGS_SHOWN).map(finding)}${more}`;
}

function finding({ outcome, title, failures, exchanges }: Finding): Markup {
  const shown = exchanges.slice(-EXCHANGES_SHOWN).toReversed();
  const omitted = exchanges.length - shown.length;
  const more = omitted > 0 ? markup`<p class="quiet">${count(omitted, 'earlier exchange')} in the stream</p>` : null;
  return markup`<article class="finding"><h5>${symbol(outcome)} <span dir="auto">${title}</span></h5>${failures.map(failureText)}${shown.map(exchangeText)}${more}</article>`;
}

function failureText(failure: Failure): Markup {
  const shown = valuesOf(readable(failure), VALUE_LENGTH);
  const values = shown.map(
    ({ label, text }, index) =>
      markup`<div><dt>${label}</dt><dd dir="auto">${marked(text, shown[1 - index]?.text)}</dd></div>`,
  );
  const list = values.length > 0 ? markup`<dl class="values">${values}</dl>` : null;
  const stack = failure.stack ? folded('Stack', failure.stack) : null;
  return markup`<p class="message" dir="auto">${clip(failure.message, VALUE_LENGTH)}</p>${list}${stack}`;
}

/** JSON laid out, so that two values can be compared line by line. */
function readable(failure: Failure): Failure {
  const { expected, actual } = failure;
  return {
    ...failure,
    ...(expected !== undefined && { expected: layOutJson(expected) }),
    ...(actual !== undefined && { actual: layOutJson(actual) }),
  };
}

/** The value with the part marked in which it is not the other. */
function marked(text: string, other: string | undefined): Markup {
  const { prefix, suffix } = commonEnds(text, other ?? '');
  const end = text.length - suffix;
  if (prefix + suffix === 0 || prefix === end) return markup`${text}`;
  return markup`${text.slice(0, prefix)}<mark>${text.slice(prefix, end)}</mark>${text.slice(end)}`;
}

function exchangeText(exchange: Exchange): Markup {
  const { request, response, ms } = exchange;
  const status = response ? String(response.status) : 'no answer';
  const answer = response ? folded(`Response ${status}`, message(response.headers, response.body)) : null;
  return markup`<div class="exchange">
<p class="exchange-line"><code>${request.method} ${pathOf(request.url)}</code> → <strong>${status}</strong> <span class="quiet">${duration(ms)}</span></p>
<div class="curl">${block(curlLine(exchange), 'curl line')}<button type="button" class="copy">Copy curl</button></div>
${folded('Request', message(request.headers, request.body))}${answer}
</div>`;
}

function message(headers: Record<string, string>, body: string | null): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (body === null || body === '') return lines.join('\n');
  const shown = body.slice(0, BODY_LENGTH);
  const rest = body.length - shown.length;
  const text = rest > 0 ? `${shown}\n… ${number(rest)} more characters` : layOutJson(body);
  return `${lines.join('\n')}\n\n${text}`;
}

function folded(title: string, text: string): Markup {
  return markup`<details><summary>${title}</summary>${block(text, title)}</details>`;
}

function block(text: string, label: string): Markup {
  return markup`<pre tabindex="0" role="region" aria-label="${label}" dir="ltr">${text}</pre>`;
}

function pathOf(url: string): string {
  return clip(url.replace(/^[a-z]+:\/\/[^/]+/u, ''), 120);
}
