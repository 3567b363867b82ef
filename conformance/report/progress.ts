import { OUTCOME_STYLES, painter, wantsColour, type Paint, type Terminal } from './colour.ts';
import { SYMBOLS } from './outcome.ts';
import type { Outcome, ResultRecord, RuleRecord, TestRecord } from './records.ts';
import { clip, count, duration, number, oneLine } from './text.ts';

export type ProgressStream = Terminal & { write(text: string): unknown };
export type ProgressOptions = {
  stream: ProgressStream;
  environment: NodeJS.ProcessEnv;
  /** Milliseconds of a clock that only rises. */
  now?: () => number;
};
/** Live progress. `print` puts a line above it that stays; `stop` takes the block away and ends the timer. */
export type Progress = { record(record: ResultRecord): void; print(line: string): void; draw(): void; stop(): void };

type Tally = { counts: Map<Outcome, number>; answers: number };
type State = {
  startedAt: number;
  /** Rules times targets, and those of them that a result came from. */
  total: number;
  reached: Set<string>;
  tallies: Map<string, Tally>;
  last: TestRecord | null;
};

const REDRAW_MS = 200;
const LINE_MS = 5_000;
const BAR_WIDTH = 32;

/** Starts showing progress: a block that is redrawn on a terminal, else a line every five seconds. */
export function startProgress({ stream, environment, now = () => performance.now() }: ProgressOptions): Progress {
  const isLive = stream.isTTY === true && environment['TERM'] !== 'dumb';
  const paint = painter(wantsColour(stream, environment));
  const state: State = { startedAt: now(), total: 0, reached: new Set(), tallies: new Map(), last: null };
  let drawn = 0;

  function erase(): void {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  }
  function draw(): void {
    if (state.total === 0) return;
    const elapsed = now() - state.startedAt;
    if (!isLive) return void stream.write(`${plainLine(state, elapsed)}\n`);
    const lines = blockLines(state, elapsed, stream.columns ?? 80, paint);
    erase();
    stream.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  }
  function print(line: string): void {
    erase();
    stream.write(`${line}\n`);
    if (isLive) draw();
  }

  const timer = setInterval(draw, isLive ? REDRAW_MS : LINE_MS).unref();
  return {
    draw,
    print,
    record(record) {
      update(state, record);
      const alarm = alarmLine(record, paint);
      if (alarm) print(alarm);
    },
    stop() {
      clearInterval(timer);
      if (isLive) erase();
      else draw();
    },
  };
}

function update(state: State, record: ResultRecord): void {
  if (record.type === 'run') {
    const leftOut = record.targets.reduce((sum, target) => sum + (target.leftOut ?? 0), 0);
    state.total = record.rules.length * record.targets.length - leftOut;
    for (const { name } of record.targets) state.tallies.set(name, { counts: new Map(), answers: 0 });
  }
  if (isReached(record)) state.reached.add(`${record.rule} ${record.target}`);
  if (record.type !== 'test') return;
  state.last = record;
  const tally = state.tallies.get(record.target);
  if (!tally) return;
  tally.answers += record.requests;
  tally.counts.set(record.outcome, (tally.counts.get(record.outcome) ?? 0) + 1);
}

function isReached(record: ResultRecord): record is RuleRecord | TestRecord {
  return record.type === 'test' || (record.type === 'rule' && record.outcome !== 'left out');
}

/** A test that failed is said at once, not at the end of a long run. */
function alarmLine(record: ResultRecord, paint: Paint): string | null {
  if (record.type !== 'test' || (record.outcome !== 'fail' && record.outcome !== 'error')) return null;
  const words = record.failures[0]?.message ?? record.reason ?? record.title;
  const symbol = paint(OUTCOME_STYLES[record.outcome], SYMBOLS[record.outcome]);
  return `  ${symbol} ${record.rule} on ${oneLine(record.target)}: ${clip(oneLine(words), 200)}`;
}

function blockLines(state: State, elapsed: number, columns: number, paint: Paint): string[] {
  const share = Math.min(1, state.reached.size / state.total);
  const width = Math.max(8, Math.min(BAR_WIDTH, columns - 44));
  const filled = Math.round(share * width);
  const bar = `${paint('cyan', '━'.repeat(filled))}${paint('dim', '─'.repeat(width - filled))}`;
  const head = `  ${bar}  ${`${Math.floor(share * 100)} %`.padStart(5)}  ${state.reached.size} of ${state.total} rules · ${duration(elapsed)}`;
  const widest = Math.max(0, ...[...state.tallies.keys()].map((name) => oneLine(name).length));
  const targets = [...state.tallies].map(([name, tally]) => {
    const counts = countsOf(tally, (outcome, text) => paint(OUTCOME_STYLES[outcome], text));
    return `  ${clip(oneLine(name), 24).padEnd(Math.min(24, widest))}  ${counts}`;
  });
  return ['', head, ...targets, `  ${lastLine(state.last, columns - 4, paint)}`];
}

function lastLine(last: TestRecord | null, width: number, paint: Paint): string {
  if (!last) return paint('dim', 'waiting for the first answer');
  const words = clip(`${SYMBOLS[last.outcome]} ${last.rule} on ${oneLine(last.target)}: ${oneLine(last.title)}`, width);
  return paint('dim', words);
}

function countsOf({ counts, answers }: Tally, paintCount: (outcome: Outcome, text: string) => string): string {
  const shown: Outcome[] = ['pass', 'fail', 'error', 'warn', 'not tested'];
  const parts = shown.flatMap((outcome) => {
    const value = counts.get(outcome) ?? 0;
    return value > 0 || outcome === 'pass' ? [paintCount(outcome, `${SYMBOLS[outcome]} ${number(value)}`)] : [];
  });
  return [...parts, count(answers, 'answer')].join('  ');
}

function plainLine(state: State, elapsed: number): string {
  const targets = [...state.tallies].map(([name, tally]) => `${oneLine(name)} ${countsOf(tally, (_, text) => text)}`);
  return [`${state.reached.size} of ${state.total} rules`, ...targets, duration(elapsed)].join(' · ');
}
