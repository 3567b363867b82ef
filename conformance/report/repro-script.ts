import { readFileSync } from 'node:fs';
import type { Part, Step } from './records.ts';
import type { Check } from './repro-check.ts';
import { quoted, type Word } from './shell.ts';
import { oneLine, wrap } from './text.ts';

export type About = { rule: string; sentence: string; target: string; title: string; urls: readonly string[] };

const TOOLS = readFileSync(new URL('repro-tools.sh', import.meta.url), 'utf8').trimEnd();

/** A script that does the steps by curl, taking what the server chooses from its answers, and then looks. */
export function curlScript(about: About, steps: readonly Step[], check: Check): string {
  const variables = new Set(steps.flatMap(partsOf).flatMap(variableOf));
  const names = [...variables].filter((name) => name.startsWith('NAME_'));
  const given = [...variables].filter((name) => name === 'INVITE_CODE' || name.startsWith('HEADER_'));
  const addresses = about.urls.map((url, index) => `BASE_${index + 1}=\${BASE_${index + 1}:-${quoted(url)}}`);
  return [
    ...head(about, 'It needs curl and jq.'),
    TOOLS,
    '',
    '# Other addresses, and what must not stand in a file, come from the environment.',
    ...addresses,
    ...given.map((name) => `needed ${name}`),
    '# Names that there may be only once.',
    ...names.map((name) => `${name}=$(fresh)`),
    '',
    ...steps.flatMap((step, index) => stepLines(step, index + 1, variables)),
    ...checkLines(check),
    '',
  ].join('\n');
}

/** A script for what curl alone cannot show. */
export function replayScript(about: About, why: string): string {
  const command = `npx duet replay ${quoted(about.rule)} --of ${quoted(about.target)}`;
  const report = 'folder=$(cd "$(dirname "$0")/../.." && pwd)';
  return [...head(about, `It is not done by curl: ${oneLine(why)}.`), report, `exec ${command} --from "$folder" "$@"`, ''].join('\n');
}

function head({ rule, sentence, target, title }: About, means: string): string[] {
  const words = [
    `${rule} on ${oneLine(target)}`,
    ...wrap(oneLine(sentence), 110),
    `The test: ${oneLine(title)}`,
    means,
    'Exit code: 0 the rule is kept, 1 it is broken, 2 neither could be seen.',
  ];
  return ['#!/usr/bin/env bash', ...words.map((line) => `# ${line}`.trimEnd()), 'set -u'];
}

function stepLines(step: Step, number: number, needed: ReadonlySet<string>): string[] {
  const { method, url, headers, body, captures } = step;
  const words = ['call', String(number), ...optionsOf(method, body !== null), quoted(...url.map(word))];
  for (const [name, value] of Object.entries(headers)) words.push('-H', quoted(...headerWords(name, value)));
  if (body !== null && !('content-type' in headers)) words.push("-H 'Content-Type:'");
  if (body !== null) words.push('--data-raw', quoted(...body.map(word)));
  const taking = captures
    .filter(({ variable }) => needed.has(variable))
    .flatMap(({ variable, from, path }) => [
      `${variable}=$(${from === 'body' ? 'member' : 'header'} ${number} ${quoted(path)})`,
      `taken ${number} "$${variable}" ${quoted(path)}`,
    ]);
  return [words.join(' '), ...taking];
}

function optionsOf(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return ['--head', '--path-as-is', '--globoff'];
  const implied = hasBody ? 'POST' : 'GET';
  return [...(method === implied ? [] : ['-X', quoted(method)]), '--path-as-is', '--globoff'];
}

function headerWords(name: string, value: Part[]): Word[] {
  // curl sends a header without a value only when a semicolon stands for the colon
  return value.length === 0 ? [`${name};`] : [`${name}: `, ...value.map(word)];
}

function word(part: Part): Word {
  if (typeof part === 'string') return part;
  return 'variable' in part ? part : { command: `at ${part.instant}` };
}

function variableOf(part: Part): string[] {
  return typeof part === 'object' && 'variable' in part ? [part.variable] : [];
}

function partsOf({ url, headers, body }: Step): Part[] {
  return [...url, ...Object.values(headers).flat(), ...(body ?? [])];
}

function checkLines({ step, what, command, allowed }: Check): string[] {
  const [name = '', ...rest] = command.split(/ (.*)/su).filter(Boolean);
  return [
    '',
    `got=$(${[name, step + 1, ...rest].join(' ')})`,
    `for expected in ${allowed.map((text) => quoted(text)).join(' ')}; do`,
    `  [ "$got" = "$expected" ] && { echo "kept: ${what} is $got"; exit 0; }`,
    'done',
    `echo ${quoted(`broken: ${what} is not ${allowed.join(' or ')} but `)}"$got"`,
    'exit 1',
  ];
}
