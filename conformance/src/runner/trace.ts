import type { Part, Step } from '../../report/stream.ts';
import type { SuiteTarget } from '../target.ts';
import { type Answered, leavesOf } from './answered.ts';
import type { Sent } from './sent.ts';
import { bodyOf, obstacleOf } from './obstacles.ts';
import { instantsIn, type Names, namesIn, splitBy, type Substitute } from './substitutes.ts';

export type Whereabouts = Pick<SuiteTarget, 'urls' | 'basePath' | 'headers' | 'inviteCode'>;
type Chosen = Answered & { variable: string };

const TRANSPORT = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);
/** Shorter texts are met by chance. */
const LEAST = 8;
/** Nobody reads a longer script. */
const MOST_STEPS = 150;

/** What was sent as steps that can be sent again, by anybody, at another time and to another address; none for very many. */
export function traceOf(all: readonly Sent[], target: Whereabouts): Step[] {
  const [first] = all;
  if (!first || all.length > MOST_STEPS) return [];
  const tracer = new Tracer(target, first.at);
  const steps = all.map((sent, index) => tracer.step(sent, index));
  return steps.map((step, index) => ({ ...step, captures: tracer.capturesOf(index) }));
}

class Tracer {
  readonly #target: Whereabouts;
  readonly #began: number;
  readonly #given: Substitute[];
  readonly #names: Names = new Map();
  /** What the server was the first to say, by its text. */
  readonly #chosen = new Map<string, Chosen>();
  readonly #used = new Set<string>();
  #before = '';

  constructor(target: Whereabouts, began: number) {
    this.#target = target;
    this.#began = began;
    this.#given = givenBy(target);
  }

  step(sent: Sent, index: number): Step {
    const body = bodyOf(sent);
    const { at, method, status, overlaps } = sent;
    const headers = this.#headers(sent.headers);
    const url = this.#parts(sent.url);
    const step = { at, method, url, headers, body: body ? this.#parts(body) : null, status, captures: [], overlaps };
    const obstacle = obstacleOf(sent, body, { url, headers }, this.#target);
    this.#before += `${sent.url}\n${Object.values(sent.headers).join('\n')}\n${body ?? ''}\n`;
    this.#choose(sent, index);
    return obstacle === undefined ? step : { ...step, headers: {}, body: null, obstacle };
  }

  capturesOf(step: number): Step['captures'] {
    const own = [...this.#chosen.values()].filter((one) => one.step === step && this.#used.has(one.variable));
    return own.map(({ variable, from, path }) => ({ variable, from, path }));
  }

  #parts(text: string): Part[] {
    const chosen = [...this.#chosen].map(([value, { variable }]) => ({ text: value, parts: [{ variable }] }));
    const own = [...namesIn(text, this.#names), ...instantsIn(text, this.#began)];
    const parts = splitBy(text, [...this.#given, ...chosen, ...own]);
    for (const part of parts) if (typeof part === 'object' && 'variable' in part) this.#used.add(part.variable);
    return parts;
  }

  #headers(headers: Sent['headers']): Step['headers'] {
    const kept = Object.entries(headers).filter(([name]) => !TRANSPORT.has(name));
    return Object.fromEntries(
      kept.map(([name, value]) => {
        const isGiven = this.#target.headers[name] === value;
        return [name, isGiven ? [{ variable: `HEADER_${shouted(name)}` }] : this.#parts(value)];
      }),
    );
  }

  /** A variable is called by the last word of its path. */
  #choose(sent: Sent, index: number): void {
    for (const leaf of leavesOf(sent, index)) {
      const isNew = !this.#chosen.has(leaf.value) && !this.#before.includes(leaf.value);
      if (leaf.value.length < LEAST || !/\d/.test(leaf.value) || !isNew) continue;
      const stem = shouted(/(\w+)\W*$/.exec(leaf.path)?.[1] ?? 'value');
      const taken = [...this.#chosen.values()].filter(({ variable }) => variable.replace(/_\d+$/, '') === stem).length;
      this.#chosen.set(leaf.value, { ...leaf, variable: `${stem}_${taken + 1}` });
    }
  }
}

/** The addresses, and what must not be in a recording. */
function givenBy({ urls, inviteCode }: Whereabouts): Substitute[] {
  const addresses = urls.map((text, index) => ({ text, parts: [{ variable: `BASE_${index + 1}` }] }));
  if (!inviteCode) return addresses;
  const code = `"inviteCode":${JSON.stringify(inviteCode)}`;
  return [...addresses, { text: code, parts: ['"inviteCode":"', { variable: 'INVITE_CODE' }, '"'] }];
}

/** connectionId → CONNECTION_ID */
function shouted(word: string): string {
  return word
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toUpperCase();
}
